import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultProject } from '../../../../src/project/defaults.ts';
import { generate } from '../../../../src/synthesis/generate.ts';
import type { Provider } from '../../../../src/synthesis/provider.ts';
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

const writer: Provider = {
  name: 'writer',
  model: 'made-up',
  destination: { kind: 'local', host: 'localhost' },
  isRepeatable: true,
  complete: ({ index }) => Promise.resolve({ text: replyOf(index), tokens: { input: 10, output: 20 } }),
};

export const project = {
  ...defaultProject,
  generation: { ...defaultProject.generation, textsPerRequest: 5 },
};

/** A run of the real generator: `count` texts accepted, others refused. To be removed. */
export async function makeRun(count: number, out?: string): Promise<string> {
  const folder = out ?? (await mkdtemp(path.join(tmpdir(), 'chartmark-reviewed-')));
  await generate({
    task: 'ner',
    project,
    provider: writer,
    count,
    out: folder,
    seed: 1,
    resume: out !== undefined,
  });
  return folder;
}

export async function linesOf(folder: string, name: string): Promise<Record<string, unknown>[]> {
  const source = await readFile(path.join(folder, name), 'utf8').catch(() => '');
  return source
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
