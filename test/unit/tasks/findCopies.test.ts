import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CancelledError } from '../../../src/foundation/userError.ts';
import { findCopies } from '../../../src/tasks/findCopies.ts';

const sentence = 'quiet orchard gate was left open by nobody we know';
const { signal } = new AbortController();

let folder = '';
let wish = { synthetic: [''], own: [''], words: 8 };
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-task-'));
  wish = { ...wish, synthetic: [path.join(folder, 'a.jsonl')], own: [path.join(folder, 'own.txt')] };
  const texts = ['Nothing of it.', `The ${sentence}.`];
  await writeFile(
    path.join(folder, 'a.jsonl'),
    texts.map((text) => `${JSON.stringify({ text })}\n`).join(''),
  );
  await writeFile(path.join(folder, 'own.txt'), `First line.\nA ${sentence}.\n`);
});
afterEach(() => rm(folder, { recursive: true }));

it('finds what synthetic texts repeat, and reports how far it is', async () => {
  const seen: (readonly [number, number])[] = [];
  const { texts, copies } = await findCopies(wish, {
    signal,
    onProgress: (done, total) => seen.push([done, total]),
  });
  expect(texts).toBe(2);
  expect(copies).toMatchObject([{ line: 2, words: 10, ownLine: 2 }]);
  expect(seen).toEqual([[0, 2]]);
});

it('looks for thirteen words in a row unless told otherwise', async () => {
  const { synthetic, own } = wish;
  expect(await findCopies({ synthetic, own }, { signal })).toMatchObject({ words: 13, copies: [] });
});

it('stops when it is cancelled', async () => {
  await expect(findCopies(wish, { signal: AbortSignal.abort() })).rejects.toThrow(CancelledError);
});
