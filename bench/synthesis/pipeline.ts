import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultProject } from '../../src/project/defaults.ts';
import { generate } from '../../src/generation/run/generateTexts.ts';
import type { Provider } from '../../src/llm/provider.ts';
import { taggedText } from '../../test/support/chatServer/sentences.ts';

export interface PipelineFigures {
  readonly replies: number;
  readonly texts: number;
  readonly seconds: number;
  /** Of all threads of this process. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/**
 * A whole run, prompt to synced files, with a provider that answers at once from texts written beforehand: what
 * is left is the pipeline's own work. Every text is accepted.
 */
export async function runPipeline(replies: number, textsPerReply: number): Promise<PipelineFigures> {
  const prepared = Array.from({ length: replies }, (_, reply) =>
    JSON.stringify({
      texts: Array.from({ length: textsPerReply }, (__, item) => ({
        text: taggedText(reply * textsPerReply + item),
      })),
    }),
  );
  let next = 0;
  const provider: Provider = {
    name: 'bench',
    model: 'gpt-4o-mini',
    destination: { kind: 'local', host: 'this process' },
    complete: () =>
      Promise.resolve({ text: prepared[next++] ?? '', tokens: { input: 700, output: 40 * textsPerReply } }),
  };
  const root = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
  const { generation } = defaultProject;
  const project = { ...defaultProject, generation: { ...generation, textsPerRequest: textsPerReply } };
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const { accepted } = await generate({
    task: 'ner',
    provider,
    project,
    count: replies * textsPerReply,
    out: path.join(root, 'run'),
    seed: 1,
    sending: { concurrency: 64 },
  });
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await rm(root, { recursive: true });
  if (accepted !== replies * textsPerReply) throw new Error('not every text was accepted');
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  return { replies, texts: accepted, seconds, cpuSeconds: (user + system) / 1e6, peakBytes };
}
