import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainDocument } from '../../../src/corpus/document.ts';
import { CancelledError } from '../../../src/foundation/userError.ts';
import { readModelInfo } from '../../../src/model/folder.ts';
import { loadTokenClassifier } from '../../../src/model/tokenClassifier.ts';
import { keepBest } from '../../../src/training/keepBest.ts';
import type { TrainOptions } from '../../../src/training/trainOptions.ts';
import { fineTune } from '../../../src/training/fineTune.ts';
import { hashOf, tinyRun } from './tinyRun.ts';

let folder: string;
let options: TrainOptions;

beforeEach(async () => {
  ({ folder, options } = await tinyRun({ epochs: 8 }));
});
afterEach(() => rm(folder, { recursive: true }));

/** A run whose epochs have these scores and that is cancelled while the next one is scored. */
async function stopAfter(scores: readonly number[], changes: Partial<TrainOptions> = {}): Promise<void> {
  const cancelling = new AbortController();
  let epoch = 0;
  const run = fineTune(
    { ...options, ...changes },
    {
      signal: cancelling.signal,
      score: () => {
        if (epoch === scores.length - 1) cancelling.abort();
        return scores[epoch++] as number;
      },
    },
  );
  await expect(run).rejects.toBeInstanceOf(CancelledError);
}

const models = async (): Promise<string[]> => (await readdir(path.join(folder, 'models'))).sort();

describe('a training that is stopped', () => {
  test('leaves its best epoch as a model, and the state to go on from', async () => {
    await stopAfter([0.5, 0.9, 0.7]);
    const kept = await keepBest(options);
    expect(kept).toMatchObject({ out: options.out, best: { epoch: 2, devF1: 0.9 }, planned: 8 });
    expect(kept?.epochs.map(({ devF1 }) => devF1)).toEqual([0.5, 0.9, 0.7]);
    expect(await models()).toEqual(['.tiny.training', 'tiny']);
    expect(await readModelInfo(options.out)).toMatchObject({
      scores: { devF1: 0.9 },
      stopped: { epochs: 3, of: 8 },
    });
    const card = await readFile(path.join(options.out, 'README.md'), 'utf8');
    expect(card).toContain('Training was stopped after epoch 3 of 8');
    expect(card).toContain('| epochs | 8 planned, 3 done (the best, 2, was kept) |');
  });

  test('has in that model the weights that the epoch ended with', async () => {
    const scores = [0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
    let epoch = 0;
    const whole = path.join(folder, 'models/whole');
    await fineTune({ ...options, out: whole }, { score: () => scores[epoch++] as number });
    await stopAfter(scores.slice(0, 3));
    await keepBest(options);
    expect(await hashOf(options.out)).toBe(await hashOf(whole));
  });

  test('leaves a model that runs, also with layers frozen', async () => {
    await stopAfter([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], { freeze: 1 });
    await keepBest(options);
    const model = await loadTokenClassifier(options.out);
    const [document] = await model.annotate([plainDocument('note', 'had gout and aspirin.')]);
    expect(document?.spans).toBeDefined();
    await model.release();
  });

  test('goes on from its state to the model that was to be, which takes the place of the checkpoint', async () => {
    const score = (): number => 0.5;
    const whole = path.join(folder, 'models/whole');
    await fineTune({ ...options, out: whole }, { score });
    await stopAfter([0.5, 0.5]);
    await keepBest(options);
    await fineTune({ ...options, resume: true }, { score });
    expect(await models()).toEqual(['tiny', 'whole']);
    expect(await hashOf(options.out)).toBe(await hashOf(whole));
    expect((await readModelInfo(options.out))?.stopped).toBeUndefined();
  });

  test('does not touch a finished model of its name: the checkpoint goes beside it', async () => {
    await fineTune({ ...options, epochs: 1 }, { score: () => 0.5 });
    const finished = await hashOf(options.out);
    await stopAfter([0.5, 0.9]);
    expect(await keepBest(options)).toMatchObject({ out: `${options.out}-stopped` });
    expect(await hashOf(options.out)).toBe(finished);
    expect(await models()).toEqual(['.tiny.training', 'tiny', 'tiny-stopped']);
  });

  test('replaces the checkpoint of an earlier stop', async () => {
    await stopAfter([0.5]);
    await keepBest(options);
    await stopAfter([0.5, 0.9], { resume: true });
    expect(await keepBest(options)).toMatchObject({ out: options.out });
    expect(await models()).toEqual(['.tiny.training', 'tiny']);
  });

  test('replaces a finished model when it is told to', async () => {
    await fineTune({ ...options, epochs: 1 }, { score: () => 0.5 });
    await stopAfter([0.5, 0.9]);
    expect(await keepBest({ ...options, replace: true })).toMatchObject({ out: options.out });
    expect((await readModelInfo(options.out))?.stopped).toEqual({ epochs: 2, of: 8 });
  });

  test('never replaces a model of that name from elsewhere', async () => {
    await stopAfter([0.5]);
    for (const name of ['tiny', 'tiny-stopped']) {
      await mkdir(path.join(folder, 'models', name), { recursive: true });
      await writeFile(path.join(folder, 'models', name, 'config.json'), '{}');
    }
    expect(await keepBest(options)).toMatchObject({ out: `${options.out}-stopped-2` });
  });

  test('leaves no model before an epoch is scored', async () => {
    expect(await keepBest(options)).toBeUndefined();
    const cancelling = new AbortController();
    const run = fineTune(
      { ...options, saveEvery: 2 },
      {
        score: () => 0.5,
        signal: cancelling.signal,
        onProgress: ({ saved }) => {
          if (saved !== undefined) cancelling.abort();
        },
      },
    );
    await expect(run).rejects.toBeInstanceOf(CancelledError);
    expect(await keepBest(options)).toBeUndefined();
    expect(await models()).toEqual(['.tiny.training']);
  });

  test('says so when its state is damaged, and writes no model', async () => {
    await stopAfter([0.5]);
    const file = path.join(folder, 'models/.tiny.training/state.bin');
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, 4 + bytes.readUInt32LE() + 100));
    await expect(keepBest(options)).rejects.toThrow(/state of the interrupted training is damaged/u);
    expect(await models()).toEqual(['.tiny.training']);
  });
});

test('a training says when it writes, so that it is not cut off there', async () => {
  const told: (boolean | string)[] = [];
  await fineTune(
    { ...options, epochs: 2 },
    {
      score: () => 0.5,
      onWriting: (isWriting) => told.push(isWriting),
      onProgress: ({ phase }) => void (told.at(-1) !== phase && told.push(phase)),
    },
  );
  const epoch = ['train', 'evaluate', true, false, 'evaluate'];
  expect(told).toEqual(['load', ...epoch, ...epoch, 'save', true, false]);
});
