import { expect, test } from 'vitest';
import type { TrainProgress } from '../../../src/training/trainOptions.ts';
import { ProgressReport } from '../../../src/training/progressReport.ts';

function reporter(epochs: number, steps: number) {
  const seen: TrainProgress[] = [];
  const clock = { now: 0 };
  const report = new ProgressReport(
    { epochs, steps },
    (progress) => seen.push(progress),
    () => clock.now,
  );
  return { seen, clock, report };
}

test('the time left counts the steps to come and the scorings to come', () => {
  const { seen, clock, report } = reporter(2, 20);
  report.phase('train', 1);
  for (let step = 1; step <= 10; step++) {
    clock.now += 500;
    report.stepped(1, 8, 0.5);
  }
  report.phase('evaluate', 1);
  const result = { epoch: 1, loss: 1, devF1: 0.25 };
  report.scored(result, 3);
  expect(seen.at(-1)).toEqual({
    phase: 'evaluate',
    epoch: 1,
    epochs: 2,
    step: 10,
    steps: 20,
    loss: expect.closeTo(1) as number,
    devF1: 0.25,
    results: [result],
    examplesPerSecond: 16,
    secondsLeft: 10 * 0.5 + 3,
    memoryBytes: expect.any(Number) as number,
  });
});

test('the time left takes the mean of the scorings so far', () => {
  const { seen, report } = reporter(3, 30);
  report.stepped(1, 8, 1);
  report.scored({ epoch: 1, loss: 1, devF1: 0.25 }, 2);
  report.scored({ epoch: 2, loss: 1, devF1: 0.25 }, 4);
  expect(seen.at(-1)?.secondsLeft).toBe(29 * 1 + 3);
});

test('quick steps are reported at most ten times a second', () => {
  const { seen, clock, report } = reporter(1, 1000);
  for (let step = 0; step < 1000; step++) {
    clock.now += 1;
    report.stepped(1, 8, 0.001);
  }
  expect(seen.length).toBeLessThanOrEqual(10);
  clock.now = 5000;
  report.phase('train', 1);
  clock.now += 99;
  report.stepped(1, 8, 0.099);
  const before = seen.length;
  clock.now += 1;
  report.stepped(1, 8, 0.001);
  expect(seen.length).toBe(before + 1);
});

test('the loss is an average in which old steps fade', () => {
  const { seen, clock, report } = reporter(1, 200);
  const at = (loss: number): number => {
    clock.now += 1000;
    report.stepped(loss, 1, 1);
    return seen.at(-1)?.loss ?? NaN;
  };
  expect(at(4)).toBeCloseTo(4);
  expect(at(2)).toBeGreaterThan(2.5);
  for (let step = 0; step < 150; step++) at(2);
  expect(at(2)).toBeCloseTo(2, 2);
});

test('a run that goes on counts what was done before, but not into its rates', () => {
  const { seen, clock, report } = reporter(4, 40);
  const results = [0.6, 0.5].map((devF1, i) => ({ epoch: i + 1, loss: 1, devF1 }));
  report.goOn(20, results);
  report.phase('train', 3);
  expect(seen.at(-1)).toMatchObject({ step: 20, devF1: 0.5, results, saved: { epochs: 2 } });
  clock.now += 500;
  report.stepped(1, 8, 0.5);
  expect(seen.at(-1)).toMatchObject({ step: 21, examplesPerSecond: 16, secondsLeft: 19 * 0.5 });
});

test('what is scored counts as saved only once it is on disk', () => {
  const { seen, report } = reporter(4, 40);
  report.scored({ epoch: 1, loss: 1, devF1: 0.25 }, 1);
  expect(seen.at(-1)?.saved).toBeUndefined();
  report.saved();
  expect(seen.at(-1)?.saved).toEqual({ epochs: 1 });
  report.scored({ epoch: 2, loss: 1, devF1: 0.5 }, 1);
  expect(seen.at(-1)?.saved).toEqual({ epochs: 1 });
});
