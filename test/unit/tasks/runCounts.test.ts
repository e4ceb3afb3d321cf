import { appendFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openReviewSession } from '../../../src/tasks/pages/reviewSession.ts';
import { runCounts } from '../../../src/tasks/runCounts.ts';
import { makeRun, project } from '../runs/review/reviewedRun.ts';

let folder = '';
beforeEach(async () => {
  folder = await makeRun(6);
});
afterEach(() => rm(folder, { recursive: true }));

test('a run has as many texts as accepted lines, and as many reviewed as decisions that stand', async () => {
  const accepted = path.join(folder, 'accepted.jsonl');
  expect(await runCounts(accepted)).toEqual({ texts: 6, reviewed: 0 });
  const session = await openReviewSession(folder, project, {
    drawMap: () => Promise.reject(new Error('no map')),
    onQueued: () => undefined,
  });
  const { texts } = await session.handlers.find({ filter: {}, from: 0, count: 3, isNew: true });
  for (const { key } of texts) await session.handlers.decide({ key, verdict: 'reject' });
  await session.handlers.undoLast({});
  await session.close();
  expect(await runCounts(accepted)).toEqual({ texts: 6, reviewed: 2 });
  await appendFile(accepted, '{}');
  expect(await runCounts(accepted)).toEqual({ texts: 7, reviewed: 2 });
});
