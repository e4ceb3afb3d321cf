import { describe, expect, test } from 'vitest';
import { goldCandidates } from '../../../src/tasks/evaluationChoices.ts';
import { freeName, runName } from '../../../src/tasks/freeNames.ts';
import { describeTraining } from '../../../src/tasks/train.ts';
import { trainingFiles } from '../../../src/tasks/trainingPlan.ts';

const picked = (runs: readonly string[], annotated: readonly string[]): string[] =>
  trainingFiles(runs, annotated)
    .filter((file) => file.picked)
    .map(({ file }) => file);

describe('what training takes by default', () => {
  test('is the newest synthetic run', () => {
    expect(picked(['new/accepted.jsonl', 'old/accepted.jsonl'], ['train.bio'])).toEqual([
      'new/accepted.jsonl',
    ]);
  });

  test('is the files named for training if there is no run', () => {
    expect(picked([], ['a.bio', 'train.bio', 'gold.bio'])).toEqual(['train.bio']);
  });

  test('leaves out what is named for testing, unless there is nothing else', () => {
    expect(picked([], ['a.bio', 'test.bio', 'gold.bio'])).toEqual(['a.bio']);
    expect(picked([], ['gold.bio'])).toEqual(['gold.bio']);
    expect(picked([], [])).toEqual([]);
  });

  test('stands first in the list', () => {
    expect(trainingFiles([], ['a.bio', 'train.bio'])[0]?.file).toBe('train.bio');
  });
});

describe('what evaluating takes by default', () => {
  test('is the open file, then the one named gold', () => {
    const files = ['a.bio', 'gold.bio', 'predicted.bio', 'train.bio'];
    expect(goldCandidates(files, 'a.bio')).toEqual(['a.bio', 'gold.bio', 'predicted.bio', 'train.bio']);
    expect(goldCandidates(files, undefined)[0]).toBe('gold.bio');
    expect(goldCandidates(files, 'elsewhere.bio')[0]).toBe('elsewhere.bio');
  });
});

describe('names of runs and reports', () => {
  test('are free ones', () => {
    const day = new Date(2026, 10, 4);
    expect(runName(day, 'offline', new Set())).toBe('2026-11-04-offline');
    expect(runName(day, 'offline', new Set(['2026-11-04-offline']))).toBe('2026-11-04-offline-2');
    expect(freeName('a', new Set(['a', 'a-2']))).toBe('a-3');
  });
});

describe('describeTraining', () => {
  test('says epoch, step, loss, F1, the time left and the memory', () => {
    const progress = {
      phase: 'train',
      epoch: 2,
      epochs: 4,
      step: 30,
      steps: 80,
      loss: 0.25,
      devF1: 0.5,
      memoryBytes: 812e6,
      results: [],
    } as const;
    expect(describeTraining({ ...progress, secondsLeft: 75 })).toEqual({
      text: 'epoch 2 of 4 · step 30 of 80 · loss 0.250 · dev F1 50.0% · 1 min 15 s left · 812 MB of memory',
      fraction: 30 / 80,
    });
  });

  test('knows nothing yet while the data is read', () => {
    const nothing = { epoch: 0, epochs: 0, step: 0, steps: 0, results: [] };
    const progress = { ...nothing, phase: 'load', memoryBytes: 5e7 } as const;
    expect(describeTraining(progress)).toEqual({ text: 'reading the data', fraction: 0 });
  });
});
