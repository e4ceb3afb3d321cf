import { parseInlineTags } from '../../src/corpus/tagged/inlineTags.ts';
import { createSpan, type Document } from '../../src/corpus/document.ts';
import { formatJsonl } from '../../src/corpus/jsonl.ts';
import { openRunFolder } from '../../src/runs/runFolder.ts';

const textsPerReply = 10;

/** A run folder with the given texts as its accepted ones, as if each ten had come in one reply. */
export async function writeRun(
  texts: readonly Document[],
  labels: readonly string[],
  folder: string,
): Promise<void> {
  const description = {
    run: 'written',
    task: 'ner',
    provider: 'written',
    model: 'written',
    destination: { kind: 'local', host: 'this computer' },
    seed: 1,
    labels: [...labels],
    settings: 'written',
    count: texts.length,
  } as const;
  const run = await openRunFolder(folder, description, { resume: false });
  try {
    for (let index = 0; index * textsPerReply < texts.length; index++) {
      const part = texts.slice(index * textsPerReply, (index + 1) * textsPerReply);
      const request = { style: '', texts: part.length, negatives: 0, seeds: [] };
      await run.requested({ index, prompt: '', ...request });
      await run.replied(index, { text: '' });
      await run.concluded(index, { accepted: part.map((document) => formatJsonl([document])), rejected: [] });
    }
  } finally {
    await run.close();
  }
}

/** A document of a text with inline tags. */
export function taggedDocument(id: string, tagged: string, labels: readonly string[]): Document {
  const read = parseInlineTags(tagged, labels);
  if (!read.ok) throw new Error(read.detail);
  const { text, mentions } = read;
  const spans = mentions.map((mention, index) =>
    createSpan(text, { ...mention, id: `T${index + 1}`, source: 'llm' }),
  );
  return { id, text, spans, relations: [], attributes: [], meta: {} };
}
