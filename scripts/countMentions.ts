/**
 * Counts what data files hold: sentences, tokens, mentions by label, relations; or relation rows by label.
 *
 *   node scripts/countMentions.ts PATH...
 */
import { newReading, runFolders } from '../src/runs/runFolders.ts';
import { readDocuments, readRelationRows } from '../src/corpus/read.ts';
import { tokenSentences } from '../src/corpus/tokenisation.ts';
import type { Document } from '../src/corpus/document.ts';
import { UserError } from '../src/foundation/userError.ts';

for (const path of process.argv.slice(2)) await count(path);

async function count(path: string): Promise<void> {
  try {
    const documents = await readDocuments([path], newReading());
    print(path, documents.length === 0 ? await countRows(path) : countDocuments(documents));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const rows = await countRows(path).catch(() => undefined);
    if (rows === undefined) console.error(error.describe());
    else print(path, rows);
  }
}

function countDocuments(documents: readonly Document[]): Record<string, unknown> {
  const sentences = documents.flatMap((document) => tokenSentences(document, []));
  const spans = documents.flatMap((document) => document.spans);
  return {
    documents: documents.length,
    characters: sum(documents.map(({ text }) => Array.from(text).length)),
    sentences: sentences.length,
    tokens: sum(sentences.map((tokens) => tokens.length)),
    mentions: spans.length,
    discontinuous: spans.filter((span) => span.fragments !== undefined).length,
    byLabel: tally(spans.map((span) => span.label)),
    relations: sum(documents.map(({ relations }) => relations.length)),
    byRelation: tally(documents.flatMap(({ relations }) => relations.map((relation) => relation.label))),
  };
}

async function countRows(path: string): Promise<Record<string, unknown>> {
  const rows = await readRelationRows([path], runFolders);
  return { rows: rows.length, byLabel: tally(rows.map((row) => row.label)) };
}

function tally(labels: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function print(path: string, counts: Record<string, unknown>): void {
  console.log(`${path}\n  ${JSON.stringify(counts)}`);
}
