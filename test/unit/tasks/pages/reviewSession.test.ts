import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openReviewSession, type ReviewSession } from '../../../../src/tasks/pages/reviewSession.ts';
import { UserError } from '../../../../src/foundation/userError.ts';
import type { ReviewMap } from '../../../../webview/review/protocol.ts';
import { makeRun, project } from '../../runs/review/reviewedRun.ts';

const map = { share: 0.5 } as ReviewMap;

let folder = '';
let session: ReviewSession;
let queued = 0;
let drawings: Promise<ReviewMap>[] = [];

beforeEach(async () => {
  folder = await makeRun(6);
  queued = 0;
  drawings = [];
  session = await openReviewSession(folder, project, {
    drawMap: () => drawings.shift() ?? Promise.resolve(map),
    onQueued: () => queued++,
  });
});
afterEach(async () => {
  await session.close();
  await rm(folder, { recursive: true });
});

const find = (from: number, isNew = true) => session.handlers.find({ filter: {}, from, count: 4, isNew });

test('texts are given a page at a time, and from the first one when there are fewer by now', async () => {
  const { total, texts } = await find(0);
  expect(texts).toHaveLength(4);
  expect(await find(4, false)).toMatchObject({ from: 4, total });
  expect(await find(total, false)).toMatchObject({ from: 0, total });
});

test('the request of a text is queued again once', async () => {
  const [first] = (await find(0)).texts;
  const key = first?.key ?? '';
  const change = await session.handlers.repeatRequest({ key });
  expect(change).toMatchObject({ text: { key, canRepeat: false }, said: 'Queued again.' });
  expect(await session.handlers.repeatRequest({ key })).toBeUndefined();
  expect(queued).toBe(1);
});

test('nothing is decided about a text that the run does not have', async () => {
  expect(await session.handlers.decide({ key: 'none', verdict: 'accept' })).toBeUndefined();
});

test('a page that is loaded again gets the map that was drawn, or is being drawn', async () => {
  expect(await session.handlers.latestMap({})).toBeUndefined();
  const drawn = session.handlers.drawMap({});
  expect(await session.handlers.latestMap({})).toBe(map);
  expect(await drawn).toBe(map);
});

test('a map that cannot be drawn fails for the one who wanted it only', async () => {
  drawings = [Promise.reject(new UserError('There are no notes.'))];
  await expect(session.handlers.drawMap({})).rejects.toThrow('There are no notes.');
  expect(await session.handlers.latestMap({})).toBeUndefined();
});

test('a decision that is undone leaves the one before it, and what was edited', async () => {
  const [first] = (await find(0)).texts;
  const key = first?.key ?? '';
  const { handlers } = session;
  const mentions = first?.mentions.slice(1) ?? [];
  await handlers.relabel({ key, mentions });
  await handlers.decide({ key, verdict: 'reject' });
  await handlers.decide({ key, verdict: 'undo' });
  const standing = async () => {
    const change = await handlers.undoLast({});
    return change?.text;
  };
  expect(await standing()).toMatchObject({ isAccepted: false, isEdited: true, mentions });
  expect(await standing()).toMatchObject({ isAccepted: true, isEdited: true, mentions });
  const last = await standing();
  expect(last).toMatchObject({ isAccepted: true, isEdited: false, mentions: first?.mentions });
  expect(last?.reviewed).toBeUndefined();
  expect(await standing()).toBeUndefined();
});

test('mentions that overlap, lie outside the text or have a label of another project are refused', async () => {
  const [first] = (await find(0)).texts;
  const { key = '', text = '' } = first ?? {};
  const [start, label] = [0, 'Disease'];
  for (const mentions of [
    [{ start, end: text.length + 1, label }],
    [{ start: 3, end: 3, label }],
    [
      { start, end: 5, label },
      { start: 4, end: 8, label },
    ],
    [{ start, end: 5, label: 'constructor' }],
  ]) {
    expect(await session.handlers.relabel({ key, mentions })).toHaveProperty('problem');
  }
  expect((await find(0)).texts[0]).toEqual(first);
});
