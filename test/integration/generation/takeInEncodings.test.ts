import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBatches } from '../../../src/runs/batches/batchList.ts';
import { fetchBatches } from '../../../src/runs/batches/followBatches.ts';
import { batchService } from '../../../src/llm/batch/batchService.ts';
import { submitBatches } from '../../../src/runs/batches/submitBatches.ts';
import { takeIn } from '../../../src/generation/batches/takeInResults.ts';
import { writeBatches } from '../../../src/generation/batches/writeBatches.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import { type RunOptions, withRun } from '../../../src/generation/run/openRun.ts';
import { startChatServer, type ChatServer } from '../../support/chatServer/chatServer.ts';
import { brokenPromises, readRun } from '../../support/runInvariants.ts';
import { projectWith } from './runAt.ts';

let root = '';
let server: ChatServer;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'chartmark-encodings-'));
  server = await startChatServer();
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

/** A run whose batch has been fetched, and the file of its results. */
async function fetched(): Promise<{ options: RunOptions; file: string }> {
  const [folder, baseUrl] = [path.join(root, 'run'), server.baseUrl];
  const options: RunOptions = {
    task: 'ner',
    provider: openAiProvider({ baseUrl, model: 'gpt-4o-mini' }),
    project: projectWith(),
    count: 9,
    out: folder,
    seed: 1,
    resume: true,
  };
  const run = await withRun(options, async (open) => {
    await writeBatches(open, { file: path.join(root, 'batch.jsonl') });
    return open.run;
  });
  const service = batchService({ apiKey: 'none', baseUrl, model: 'gpt-4o-mini', timeout: 2000 });
  const work = { folder, run, service, retries: 0, backoff: { base: 1, most: 1 } };
  const { signal } = new AbortController();
  await submitBatches(work, { signal });
  await fetchBatches({ ...work, every: 1 }, { signal });
  const [name = ''] = (await readBatches(folder)).flatMap(({ fetched: files }) => files ?? []);
  return { options, file: path.join(folder, name) };
}

it('takes in every result of a file that was saved with a byte order mark and other line ends', async () => {
  const { options, file } = await fetched();
  const source = await readFile(file, 'utf8');
  await writeFile(file, `\uFEFF${source.replaceAll('\n', '\r\n')}`);
  expect(await withRun(options, (run) => takeIn(run, []))).toMatchObject({ replies: 3, unreadable: 0 });
  expect(brokenPromises(await readRun(options.out), 9)).toEqual([]);
});

it('refuses results in UTF-16, by the file, and takes them in once they are saved in another way', async () => {
  const { options, file } = await fetched();
  const source = await readFile(file, 'utf8');
  await writeFile(file, Buffer.from(`\uFEFF${source}`, 'utf16le'));
  await expect(withRun(options, (run) => takeIn(run, []))).rejects.toMatchObject({
    message: 'The file is encoded as UTF-16.',
    place: { file },
    nextStep: 'Save it as UTF-8.',
  });
  await writeFile(file, source);
  expect(await withRun(options, (run) => takeIn(run, []))).toMatchObject({ replies: 3, missing: 0 });
});
