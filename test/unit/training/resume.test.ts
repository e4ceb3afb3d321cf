import { mkdirSync, rmSync } from 'node:fs';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import type { TrainOptions } from '../../../src/training/trainOptions.ts';
import { hasSavedRun } from '../../../src/training/savedRun.ts';
import { fineTune } from '../../../src/training/fineTune.ts';
import { tagF1, tinySentences } from './tinyData.ts';
import { hashOf, tinyRun } from './tinyRun.ts';

let folder: string;
let options: TrainOptions;

beforeEach(async () => {
  ({ folder, options } = await tinyRun({ epochs: 4, learningRate: 1e-3 }));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** Starts a run and cancels it after so many updates. */
async function interrupt(after: number, changes: Partial<TrainOptions> = {}): Promise<void> {
  const cancelling = new AbortController();
  // Reports come ten times a second at most; so every update has one.
  let clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1000));
  const run = fineTune(
    { ...options, ...changes },
    {
      score: tagF1,
      signal: cancelling.signal,
      onProgress: ({ phase, step }) => {
        if (phase === 'train' && step >= after) cancelling.abort();
      },
    },
  );
  await expect(run).rejects.toBeInstanceOf(CancelledError);
}

const goOn = (changes: Partial<TrainOptions> = {}) =>
  fineTune({ ...options, resume: true, ...changes }, { score: tagF1 });

describe('a training that goes on', () => {
  test.each([
    ['after an epoch', 10, {}],
    ['with the embeddings and a layer frozen', 10, { freeze: 1 }],
    ['with several batches a step', 6, { batchSize: 4, accumulate: 3 }],
    ['after some steps of the first epoch', 5, { saveEvery: 2 }],
    ['after some steps of a later epoch', 19, { saveEvery: 2 }],
  ])('ends with the weights and results of an uninterrupted one: %s', async (_, after, changes) => {
    const whole = await fineTune(
      { ...options, ...changes, out: path.join(folder, 'models/whole') },
      { score: tagF1 },
    );
    await interrupt(after, changes);
    expect(await hasSavedRun(options.out)).toBe(true);
    const resumed = await goOn(changes);
    expect(resumed.epochs).toEqual(whole.epochs);
    expect(resumed.best).toEqual(whole.best);
    expect(await hashOf(options.out)).toBe(await hashOf(whole.out));
  });

  test('can be interrupted more than once', async () => {
    await fineTune({ ...options, out: path.join(folder, 'models/whole') }, { score: tagF1 });
    await interrupt(8);
    await interrupt(16, { resume: true });
    await goOn();
    expect(await hashOf(options.out)).toBe(await hashOf(path.join(folder, 'models/whole')));
  });

  test('stops early where the uninterrupted one would have', async () => {
    const scores = [0.5, 0.4, 0.3, 0.9];
    let epoch = 0;
    const score = (): number => {
      // The machine fails while the third epoch is scored.
      if (epoch === 2) throw new Error('no power');
      return scores[epoch++] as number;
    };
    await expect(fineTune({ ...options, patience: 2 }, { score })).rejects.toThrow('no power');
    const result = await fineTune({ ...options, patience: 2, resume: true }, { score: () => 0.3 });
    expect(result.epochs.map(({ devF1 }) => devF1)).toEqual([0.5, 0.4, 0.3]);
    expect(result.best.epoch).toBe(1);
  });

  test('ends with the best weights of before, however often it was saved since', async () => {
    const scoresFrom = (scores: readonly number[]) => {
      const left = [...scores];
      return () => {
        const score = left.shift();
        if (score === undefined) throw new Error('no power');
        return score;
      };
    };
    const whole = path.join(folder, 'models/whole');
    await fineTune({ ...options, out: whole }, { score: scoresFrom([0.5, 0.9, 0.8, 0.7]) });
    await expect(fineTune(options, { score: scoresFrom([0.5, 0.9, 0.8]) })).rejects.toThrow('no power');
    const result = await fineTune({ ...options, resume: true }, { score: scoresFrom([0.7]) });
    expect(result.best).toEqual({ epoch: 2, devF1: 0.9 });
    expect(await hashOf(options.out)).toBe(await hashOf(whole));
  });

  test('says so when the state, with the best weights, was removed while it ran', async () => {
    const scores = [0.9, 0.8, 0.7, 0.6];
    const run = fineTune(options, {
      score: () => scores.shift() as number,
      onProgress: ({ phase, epoch }) => {
        if (phase === 'evaluate' && epoch === 3)
          rmSync(path.join(folder, 'models/.tiny.training'), { recursive: true, force: true });
      },
    });
    await expect(run).rejects.toBeInstanceOf(UserError);
    expect(await readdir(path.join(folder, 'models')).catch(() => [])).not.toContain('tiny');
  });

  test('shows how far it is from where it was', async () => {
    await interrupt(15);
    const steps: number[] = [];
    await fineTune(
      { ...options, resume: true },
      { score: tagF1, onProgress: ({ phase, step }) => void (phase === 'train' && steps.push(step)) },
    );
    expect(steps[0]).toBe(14);
  });

  test('begins anew when nothing was kept', async () => {
    expect((await goOn()).epochs).toHaveLength(4);
  });

  test('only writes the model when nothing else was left to do', async () => {
    const whole = path.join(folder, 'models/whole');
    await fineTune({ ...options, out: whole }, { score: tagF1 });
    // A folder where a file of the base should be, made after training began: the model cannot be written.
    const obstacle = path.join(options.base, 'LICENSE');
    const obstruct: typeof tagF1 = (...scored) => {
      mkdirSync(obstacle, { recursive: true });
      return tagF1(...scored);
    };
    await expect(fineTune(options, { score: obstruct })).rejects.toMatchObject({ place: { file: obstacle } });
    expect(await readdir(path.join(folder, 'models'))).toEqual(['.tiny.training', 'whole']);
    await rm(obstacle, { recursive: true });
    const score = vi.fn(tagF1);
    await fineTune({ ...options, resume: true }, { score });
    expect(score).not.toHaveBeenCalled();
    expect(await hashOf(options.out)).toBe(await hashOf(whole));
  });

  test('keeps nothing once the model is written', async () => {
    await interrupt(10);
    await goOn();
    expect(await readdir(path.join(folder, 'models'))).toEqual(['tiny']);
  });

  test('says what differs when options or data are others, and keeps the state', async () => {
    await interrupt(10);
    const other = goOn({
      learningRate: 2e-3,
      train: { task: 'ner', examples: tinySentences(60, 2) },
    });
    await expect(other).rejects.toBeInstanceOf(UserError);
    await expect(other).rejects.toThrow(/learning rate 0\.001, now 0\.002; training data/u);
    expect(await hasSavedRun(options.out)).toBe(true);
  });

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
    ['empty', (bytes: Buffer) => bytes.subarray(0, 0)],
    ['something else', () => Buffer.from('not a state at all')],
    ['of a header without content', () => Buffer.from('\u0002\0\0\0{}')],
  ])('says so when the state is %s', async (_, harm) => {
    await interrupt(10);
    const file = path.join(folder, 'models/.tiny.training/state.bin');
    await writeFile(file, harm(await readFile(file)));
    await expect(goOn()).rejects.toThrow(
      /state of the interrupted training (?:is damaged|was saved by another version)/u,
    );
  });
});
