import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultProject } from '../../../../src/project/defaults.ts';
import { generate } from '../../../../src/generation/run/generateTexts.ts';
import type { Provider } from '../../../../src/llm/provider.ts';
import { taggedText } from '../../../support/chatServer/sentences.ts';

/** What a provider that misbehaves a little answers: of each five texts one has a broken tag, one comes twice. */
function replyOf(index: number): string {
  const texts = [0, 1, 2].map((i) => taggedText(index * 3 + i));
  return JSON.stringify({
    sentences: [
      ...texts.map((text) => ({ text })),
      {
        text: `The <Disease>broken <Chemical>tag</Chemical> of reply ${index} stays open <img src=x onerror=alert(1)>.`,
      },
      { text: texts[0] },
    ],
  });
}

const writer: Omit<Provider, 'complete'> = {
  name: 'writer',
  model: 'made-up',
  destination: { kind: 'local', host: 'localhost' },
  isRepeatable: true,
};

export const project = {
  ...defaultProject,
  generation: { ...defaultProject.generation, textsPerRequest: 5 },
};

/** A run of the real generator: `count` texts accepted, others refused. To be removed. */
export function makeRun(count: number, out?: string): Promise<string> {
  return runOf('ner', count, replyOf, out);
}

/**
 * Of each six sentences the first three are accepted, every other one with the relation; the others tag three, say not
 * whether the pair is related, or name the gene again.
 */
function relationReplyOf(index: number): string {
  const pairs = [0, 1, 2].map((i) =>
    taggedText(index * 3 + i).replaceAll(/(<\/?)Chemical>/gu, (_, bracket) => `${bracket}Gene>`),
  );
  const more = `of reply ${index}`;
  return JSON.stringify({
    texts: [
      ...pairs.map((text, i) => ({ text, relation: (index + i) % 2 === 0 ? 'association' : 'none' })),
      {
        text: `Both <Gene>HBB</Gene> and <Gene>HBA1</Gene> cause <Disease>anaemia</Disease> ${more}.`,
        relation: 'association',
      },
      { text: `Carriers of <Gene>PAH</Gene> variants had <Disease>phenylketonuria</Disease> ${more}.` },
      {
        text: `The <Gene>LDLR</Gene> gene: LDLR was sequenced in <Disease>gout</Disease> ${more}.`,
        relation: 'none',
      },
    ],
  });
}

/** The same of sentences with relations. */
export function makeRelationRun(count: number, out?: string): Promise<string> {
  return runOf('re', count, relationReplyOf, out);
}

async function runOf(
  task: 'ner' | 're',
  count: number,
  reply: (index: number) => string,
  out?: string,
): Promise<string> {
  const folder = out ?? (await mkdtemp(path.join(tmpdir(), 'chartmark-reviewed-')));
  const provider: Provider = {
    ...writer,
    complete: ({ index }) => Promise.resolve({ text: reply(index), tokens: { input: 10, output: 20 } }),
  };
  await generate({ task, project, provider, count, out: folder, seed: 1, resume: out !== undefined });
  return folder;
}

export async function linesOf(folder: string, name: string): Promise<Record<string, unknown>[]> {
  const source = await readFile(path.join(folder, name), 'utf8').catch(() => '');
  return source
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
