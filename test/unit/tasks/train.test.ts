import { access, mkdir, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import type { TrainJob } from '../../../src/process/protocol.ts';
import { replaceFinished, trainModel } from '../../../src/tasks/train.ts';
import type { KeptModel } from '../../../src/training/keepBest.ts';
import type { TrainProgress } from '../../../src/training/trainOptions.ts';
import { makeProject } from './projectFolder.ts';

let place: Awaited<ReturnType<typeof makeProject>>;
let job: TrainJob;
beforeEach(async () => {
  place = await makeProject();
  job = {
    task: 'ner',
    base: 'base',
    out: place.at('models', 'local'),
    train: [],
    projectFolder: place.folder,
  };
});
afterEach(() => rm(place.folder, { recursive: true }));

const kept = (out: string): KeptModel => ({ out, best: { epoch: 1, devF1: 0.5 }, epochs: [], planned: 4 });

/** A process that reports so many saved epochs (none if undefined) and then fails. */
function failing(error: Error, savedEpochs?: number) {
  const calls: unknown[] = [];
  return {
    calls,
    train: async (
      _: TrainJob,
      { onProgress }: { onProgress?: ((progress: TrainProgress) => void) | undefined } = {},
    ) => {
      const progress = { phase: 'train', epoch: 1, epochs: 4, step: 1, steps: 9, memoryBytes: 0 } as const;
      const saved = savedEpochs === undefined ? {} : { saved: { epochs: savedEpochs } };
      onProgress?.({ ...progress, results: [], ...saved });
      throw error;
    },
    keepBest: async (options: { readonly out: string }) => {
      calls.push(options);
      return kept(options.out);
    },
  };
}

const hooks = { signal: new AbortController().signal, onProgress: () => undefined };

describe('a training that is stopped', () => {
  test('keeps its best checkpoint, and can be resumed', async () => {
    const worker = failing(new CancelledError(), 2);
    let keeping = 0;
    const end = await trainModel(job, { ...hooks, worker, onKeeping: () => keeping++ });
    expect(end).toEqual({ kind: 'stopped', kept: kept(job.out), resumable: true });
    expect(worker.calls).toEqual([{ base: 'base', out: job.out }]);
    expect(keeping).toBe(1);
  });

  test.each([
    ['before anything was saved', undefined, false],
    ['before an epoch was scored', 0, true],
  ])('%s keeps nothing', async (_, savedEpochs, resumable) => {
    const worker = failing(new CancelledError(), savedEpochs);
    const end = await trainModel(job, { ...hooks, worker });
    expect(end).toEqual({ kind: 'stopped', kept: undefined, resumable });
    expect(worker.calls).toEqual([]);
  });
});

test('a training that fails says so, and keeps nothing', async () => {
  const worker = failing(new UserError('The disk is full.'), 2);
  await expect(trainModel(job, { ...hooks, worker })).rejects.toThrow('The disk is full.');
  expect(worker.calls).toEqual([]);
});

test('a checkpoint takes the place of the finished model, and its own folder goes', async () => {
  const beside = `${job.out}-stopped`;
  await mkdir(beside, { recursive: true });
  const worker = failing(new CancelledError());
  expect(await replaceFinished(job, kept(beside), worker)).toEqual(kept(job.out));
  expect(worker.calls).toEqual([{ base: 'base', out: job.out, replace: true }]);
  await expect(access(beside)).rejects.toThrow();
});
