import { newReading } from '../../src/runs/runFolders.ts';
import path from 'node:path';
import type { Document } from '../../src/corpus/document.ts';
import { readDocuments } from '../../src/corpus/read.ts';

const genres = ['genetics', 'adverse-effects', 'pharmacology', 'pharmacology-2'];

/** What the texts are labelled with. */
export const types: readonly string[] = ['Disease', 'Chemical'];

/** The LLM-written abstract sentences, genre by genre. Their ids tell them apart. */
export async function writtenTexts(data: string): Promise<readonly Document[]> {
  const texts: Document[] = [];
  for (const genre of genres) {
    const read = await readDocuments([path.join(data, 'llm-written', `${genre}.jsonl`)], newReading());
    for (const document of read) {
      const spans = document.spans.filter(({ label }) => types.includes(label));
      texts.push({ ...document, id: `${genre}-${String(texts.length + 1).padStart(4, '0')}`, spans });
    }
  }
  return texts;
}
