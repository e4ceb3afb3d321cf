import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainDocument } from '../../../src/corpus/document.ts';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import { WorkerClient } from '../../../src/process/client.ts';

let folder: string;
let worker: WorkerClient | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-worker-'));
});
afterEach(() => worker?.dispose());

/** A real child process that does to each message what `body` says. */
async function workerThat(body: string): Promise<WorkerClient> {
  const script = path.join(folder, 'worker.cjs');
  await writeFile(script, `process.on('message', (message) => { ${body} });`);
  worker = new WorkerClient(script);
  return worker;
}

const job = { model: 'any', documents: [plainDocument('a', 'text')] };

describe('a child process that dies', () => {
  test('is a sentence about memory when it was killed', async () => {
    const client = await workerThat("process.kill(process.pid, 'SIGKILL')");
    const failure = client.annotate(job);
    await expect(failure).rejects.toBeInstanceOf(UserError);
    await expect(failure).rejects.toMatchObject({ nextStep: expect.stringContaining('memory') });
  });

  test('is started anew for the next job', async () => {
    const client = await workerThat(
      "if (message.input.model === 'die') process.exit(3); process.send({ kind: 'result', id: message.id, result: [] });",
    );
    await expect(client.annotate({ ...job, model: 'die' })).rejects.toThrow('exit code 3');
    await expect(client.annotate(job)).resolves.toEqual([]);
  });
});

describe('cancelling', () => {
  test('ends a child that does not answer within the grace time', async () => {
    const client = await workerThat('while (true);');
    const cancelling = new AbortController();
    const work = client.annotate(job, { signal: cancelling.signal });
    const started = Date.now();
    setTimeout(() => cancelling.abort(), 100);
    await expect(work).rejects.toBeInstanceOf(CancelledError);
    expect(Date.now() - started).toBeLessThan(2100);
  });

  test('does not cut off a child that writes, but waits until it has', async () => {
    const client = await workerThat(`
      if (message.kind !== 'start') return;
      const { id } = message;
      process.send({ kind: 'writing', id, isWriting: true });
      setTimeout(() => {
        process.send({ kind: 'writing', id, isWriting: false });
        process.send({ kind: 'failed', id, failure: { kind: 'user', message: 'written' } });
      }, 2500);
    `);
    const cancelling = new AbortController();
    const work = client.annotate(job, { signal: cancelling.signal });
    const started = Date.now();
    setTimeout(() => cancelling.abort(), 500);
    await expect(work).rejects.toBeInstanceOf(CancelledError);
    expect(Date.now() - started).toBeGreaterThan(2300);
  });

  test('before the start starts nothing', async () => {
    const client = await workerThat('');
    await expect(client.annotate(job, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      CancelledError,
    );
  });
});

test('progress and errors of the real worker come through', async () => {
  worker = new WorkerClient(path.resolve('dist', 'worker.cjs'));
  const failure = worker.annotate({ ...job, model: folder });
  await expect(failure).rejects.toBeInstanceOf(UserError);
  await expect(failure).rejects.toMatchObject({ place: { file: expect.stringContaining(folder) } });
});
