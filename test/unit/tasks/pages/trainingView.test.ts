import { describe, expect, test } from 'vitest';
import {
  newHistory,
  withProgress,
  type TrainingHistory,
} from '../../../../src/tasks/pages/trainingHistory.ts';
import { trainingView } from '../../../../src/tasks/pages/trainingView.ts';
import type { TrainProgress } from '../../../../src/training/trainOptions.ts';

const results = [0.5, 0.75, 0.75, 0.6].map((devF1, i) => ({ epoch: i + 1, loss: 1 / (i + 1), devF1 }));

function progress(step: number, changes: Partial<TrainProgress> = {}): TrainProgress {
  const epoch = Math.floor(step / 100) + 1;
  const before = results.slice(0, epoch - 1);
  return {
    phase: 'train',
    epoch,
    epochs: 8,
    step,
    steps: 800,
    loss: 0.4,
    examplesPerSecond: 211.6,
    secondsLeft: 75,
    memoryBytes: 812e6,
    results: before,
    ...(before.length === 0 ? {} : { saved: { epochs: before.length }, devF1: before.at(-1)?.devF1 ?? 0 }),
    ...changes,
  };
}

const job = { out: '/w/models/local', train: ['/w/synthetic/one/accepted.jsonl'] };

function after(steps: readonly number[], history = newHistory('local', job)): TrainingHistory {
  return steps.reduce((before, step) => withProgress(before, progress(step)), history);
}

const shown = (history: TrainingHistory) => trainingView(history, (folder) => folder.replace('/w/', ''));

describe('the loss curve', () => {
  test('has a point for each step that was reported', () => {
    const { losses } = after([1, 10, 20]);
    expect(losses.map(({ step }) => step)).toEqual([1, 10, 20]);
  });

  test('stays small in a long training, keeps its begin and ends at the newest step', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => i + 1);
    const history = many.reduce(
      (before, step) => withProgress(before, progress(step, { steps: 20_000, results: [] })),
      newHistory('local', job),
    );
    expect(history.losses.length).toBeLessThan(700);
    expect(history.losses[0]?.step).toBe(1);
    expect(history.losses.at(-1)?.step).toBe(20_000);
  });

  test('goes on where the run stood, without the steps that are done again', () => {
    const before = after([1, 100, 200, 260]);
    const again = after([200, 210], newHistory('local', job, before));
    expect(again.losses.map(({ step }) => step)).toEqual([1, 100, 200, 210]);
  });

  test('of a run that an earlier window began starts with the means of its epochs', () => {
    const { losses } = after([200, 201]);
    expect(losses.map(({ step }) => step)).toEqual([100, 200, 201]);
    expect(losses[0]?.loss).toBe(1);
  });

  test('is not that of another model', () => {
    const other = newHistory('other', { ...job, out: '/w/models/other' }, after([1, 10]));
    expect(other.losses).toEqual([]);
  });
});

describe('the panel of a training', () => {
  test('keeps the notes about the data that came with its first progress', () => {
    const notes = ['3 of 9 mentions cannot be learned.'];
    const history = withProgress(newHistory('local', job), progress(0, { phase: 'load', notes }));
    expect(shown(after([1, 2], history)).notes).toEqual(notes);
    expect(shown(after([1])).notes).toEqual([]);
  });

  test('says where it is, how fast, how long yet, and names the best epoch, the later of equals', () => {
    const view = shown(after([350]));
    expect(view).toMatchObject({
      title: 'Training local',
      state: 'running',
      status: 'Epoch 4 of 8, step 350 of 800.',
      announcement: 'Epoch 3 of 8: dev F1 75.0%.',
      fraction: 350 / 800,
      bestEpoch: 3,
    });
    expect(view.figures).toEqual([
      { name: 'Best dev F1', value: '75.0%', note: 'epoch 3 of 8, on synthetic texts' },
      { name: 'Loss', value: '0.400' },
      { name: 'Time left', value: '1 min', note: '212 sentences/s' },
      { name: 'Memory', value: '812 MB' },
    ]);
  });

  test('promises to keep a checkpoint only when there is one on disk', () => {
    const titles = (history: TrainingHistory) => shown(history).actions.map(({ title }) => title);
    expect(titles(after([50]))).toEqual(['Stop']);
    expect(titles(after([150]))).toEqual(['Stop and Keep the Best']);
    expect(titles({ ...after([150]), isStopping: true })).toEqual([]);
  });

  test('keeps the curve of an interrupted run to itself until the axis is known', () => {
    const before = newHistory('local', job, after([1, 100]));
    expect(shown(before).losses).toEqual([]);
    expect(shown(withProgress(before, progress(100))).losses).toHaveLength(2);
  });

  test('says before the first step that it reads', () => {
    const history = newHistory('local', job);
    expect(shown(history).status).toBe('Starting.');
    const reading = withProgress(history, progress(0, { phase: 'load', epoch: 0, steps: 0 }));
    expect(shown(reading).status).toBe('Reading the data and the encoder.');
  });

  test('ends with the model, the best epoch and the next steps', () => {
    const view = shown({
      ...after([800]),
      ending: {
        kind: 'done',
        result: {
          out: '/w/models/local',
          best: { epoch: 3, devF1: 0.75 },
          epochs: results,
          labels: [],
          unseen: [],
          notes: [],
          seconds: 125,
        },
      },
    });
    expect(view.status).toBe('Done. The model is in models/local.');
    expect(view.figures).toContainEqual({
      name: 'Best dev F1',
      value: '75.0%',
      note: 'epoch 3 of 8, on synthetic texts',
    });
    expect(view.figures).toContainEqual({ name: 'Time', value: '2 min' });
    expect(view.actions.map(({ action }) => action)).toEqual(['annotate', 'evaluate', 'openModelCard']);
  });

  test.each([
    [
      '/w/models/local',
      'The best checkpoint so far, dev F1 75.0% (epoch 3), is in models/local.',
      ['resume', 'annotate'],
    ],
    [
      '/w/models/local-stopped',
      'is in models/local-stopped. The finished model in models/local is unchanged.',
      ['resume', 'replace'],
    ],
  ])('says after a stop that the checkpoint is in %s', (out, words, actions) => {
    const kept = { out, best: { epoch: 3, devF1: 0.75 }, epochs: results, planned: 8 };
    const view = shown({ ...after([450]), ending: { kind: 'stopped', kept } });
    expect(view.status).toMatch(/^Stopped after epoch 4 of 8\. /u);
    expect(view.status).toContain(words);
    expect(view.actions.map(({ action }) => action).slice(0, 2)).toEqual(actions);
  });

  test('says after a stop before the first epoch that nothing is kept', () => {
    const view = shown({ ...after([50]), ending: { kind: 'stopped', kept: undefined } });
    expect(view.status).toBe('Stopped before the first epoch was finished. Nothing was kept.');
    expect(view.actions).toEqual([]);
  });

  test('says why it failed, and offers to go on where it can', () => {
    const ending = { kind: 'failed', message: 'The disk is full.' } as const;
    expect(shown({ ...after([50]), ending })).toMatchObject({ state: 'failed', status: 'The disk is full.' });
    const saved = shown({ ...after([150]), ending });
    expect(saved.status).toBe('The disk is full. It can be resumed from its last saved state.');
    expect(saved.actions[0]).toMatchObject({ action: 'resume' });
  });
});
