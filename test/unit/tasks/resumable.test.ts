import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dataSources } from '../../../src/process/dataSources.ts';
import type { TrainJob } from '../../../src/process/protocol.ts';
import { canResume } from '../../../src/tasks/resumable.ts';
import { fineTune } from '../../../src/training/fineTune.ts';
import type { TrainOptions } from '../../../src/training/trainOptions.ts';
import { tagF1 } from '../training/tinyData.ts';
import { tinyRun } from '../training/tinyRun.ts';

let folder: string;
let options: TrainOptions;
let file: string;
let job: TrainJob;

/** A training that was interrupted in its second epoch. */
beforeEach(async () => {
  ({ folder, options } = await tinyRun({ epochs: 3, learningRate: 1e-3 }));
  file = path.join(folder, 'train.bio');
  await writeFile(file, 'gout\tB-Disease\n');
  job = { task: 'ner', base: options.base, out: options.out, train: [file], projectFolder: folder };
  const cancelling = new AbortController();
  let clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1000));
  const sources = { train: await dataSources([file]) };
  const run = fineTune(
    { ...options, sources },
    {
      score: tagF1,
      signal: cancelling.signal,
      onProgress: ({ saved }) => {
        if (saved !== undefined) cancelling.abort();
      },
    },
  );
  await expect(run).rejects.toThrow('Cancelled');
  vi.restoreAllMocks();
});
afterEach(() => rm(folder, { recursive: true }));

test('a training can be resumed with its own files, encoder and settings', async () => {
  expect(await canResume(job)).toBe(true);
  expect(await canResume({ ...job, epochs: 3, learningRate: 1e-3 })).toBe(true);
});

test('a training cannot be resumed with another task, encoder, setting or file, nor where none was interrupted', async () => {
  const other = path.join(folder, 'other.bio');
  await writeFile(other, 'flu\tB-Disease\n');
  for (const changes of [
    { task: 're' },
    { base: path.join(folder, 'another-encoder') },
    { epochs: 4 },
    { train: [other] },
    { train: [file, other] },
    { dev: [other] },
    { out: path.join(folder, 'models/none') },
  ] as const) {
    expect(await canResume({ ...job, ...changes }), JSON.stringify(changes)).toBe(false);
  }
});

test('a training cannot be resumed after its file was changed, or from a state that cannot be read', async () => {
  await writeFile(file, 'gout\tB-Disease\nflu\tO\n');
  expect(await canResume(job)).toBe(false);
  await writeFile(file, 'gout\tB-Disease\n');
  expect(await canResume(job)).toBe(true);
  const state = path.join(path.dirname(options.out), `.${path.basename(options.out)}.training/state.bin`);
  await writeFile(state, 'not a state');
  expect(await canResume(job)).toBe(false);
});
