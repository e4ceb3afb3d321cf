import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTokenizer } from '../../../src/model/tokenizer/tokenizer.ts';
import type { Tokenizer } from '../../../src/model/tokenizer/types.ts';
import { ignoredLabel } from '../../../src/training/operators/crossEntropy.ts';
import { fingerprint } from '../../../src/training/taskData.ts';
import { tokenTaskData } from '../../../src/training/tokenTaskData.ts';
import { writeTinyBase } from './tinyBase.ts';
import { example } from './tinyData.ts';

let folder: string;
let tokenizer: Tokenizer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-tokens-'));
  await writeTinyBase(folder);
  tokenizer = await loadTokenizer(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const data = tokenTaskData([
  example('n', 'had', 'gout/B-Disease', 'and', 'aspirin/B-Chemical', 'fever./I-Chemical'),
  example('n', 'no', 'asthma/B-Rare'),
]);
const labels = ['O', 'B-Chemical', 'I-Chemical', 'B-Disease', 'I-Disease'];

test('the labels are O and both tags of every type, in alphabetical order', () => {
  expect(data.labels()).toEqual([...labels, 'B-Rare', 'I-Rare']);
});

test('a word’s first token has its label; other tokens, the special ones and unknown labels have none', () => {
  const { sequences } = data.encode({ tokenizer, labels, capacity: 20 });
  const _ = ignoredLabel;
  // "fever." is two tokens.
  expect(sequences.map((sequence) => sequence.labels)).toEqual([
    [_, 0, 3, 0, 1, 2, _, _],
    [_, 0, _, _],
  ]);
  expect(sequences[0]?.ids).toHaveLength(8);
});

test('a word that cannot be seen is not learnt, and a mention that begins with one begins with the next', () => {
  const unseen = tokenTaskData([
    example('n', '\u200b/B-Disease', 'gout/I-Disease', '\u00ad/I-Disease', 'no/I-Disease', '\ufeff', 'no'),
    example('n', '\u2060'),
  ]);
  expect(unseen.gold).toEqual([['B-Disease', 'I-Disease', 'O']]);
  const { sequences } = unseen.encode({ tokenizer, labels, capacity: 20 });
  expect(sequences.map((sequence) => sequence.labels)).toEqual([[ignoredLabel, 3, 4, 0, ignoredLabel]]);
});

test('a sentence too long is cut in windows, and each word is learnt in one of them', () => {
  const words = Array.from({ length: 23 }, (_, i) => (i % 3 === 0 ? 'gout/B-Disease' : 'no'));
  const { sequences } = tokenTaskData([example('n', ...words)]).encode({ tokenizer, labels, capacity: 8 });
  expect(Math.max(...sequences.map(({ ids }) => ids.length))).toBeLessThanOrEqual(10);
  const learnt = sequences.flatMap((sequence) => sequence.labels.filter((label) => label !== ignoredLabel));
  expect(learnt).toEqual(words.map((word) => (word === 'no' ? 0 : 3)));
});

test('logits become the most probable tags that IOB2 allows', () => {
  const encoded = tokenTaskData([example('n', 'had', 'gout', 'no')]).encode({
    tokenizer,
    labels,
    capacity: 20,
  });
  // [CLS], three words, [SEP]: an I- without its B- cannot stand, however much the model likes it.
  const logits = [
    [9, 0, 0, 0, 0],
    [5, 0, 6, 0, 0],
    [0, 0, 0, 4, 0],
    [0, 0, 0, 0, 4],
    [9, 0, 0, 0, 0],
  ];
  encoded.collect(0, Float32Array.from(logits.flat()));
  expect(encoded.tags()).toEqual([['O', 'B-Disease', 'I-Disease']]);
});

test('the fingerprint tells data apart by words and by tags', () => {
  const prints = [
    [example('n', 'had', 'gout')],
    [example('n', 'had', 'gout/B-Disease')],
    [example('n', 'had gout')],
    [example('n', 'had'), example('n', 'gout')],
  ].map((examples) => fingerprint(tokenTaskData(examples)));
  expect(new Set(prints).size).toBe(4);
  expect(fingerprint(tokenTaskData([example('other name', 'had', 'gout')]))).toBe(prints[0]);
});
