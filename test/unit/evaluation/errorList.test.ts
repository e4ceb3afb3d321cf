import { describe, expect, it } from 'vitest';
import type { Document } from '../../../src/corpus/document.ts';
import { contextOf, fairShare, listErrors } from '../../../src/evaluation/errorList.ts';
import { scoreText } from '../../../src/evaluation/scoredText.ts';
import type { ErrorKind } from '../../../src/evaluation/report.ts';
import { markedDocument } from './sampleDocuments.ts';

const errorsOf = (gold: Document, predicted: Document, most = 10) =>
  listErrors([scoreText({ gold, predicted }, { labels: undefined, strictBegin: false })], most);

describe('the list of errors', () => {
  const text = 'First line.\nHas severe   renal\tfailure today.';

  it('tells place, line, both sides with their scores, and the words around', () => {
    const gold = markedDocument('note', text, [['renal\tfailure', 'Disease']]);
    const [span] = markedDocument('note', text, [['severe   renal\tfailure', 'Disease']]).spans;
    const { errors } = errorsOf(gold, {
      ...gold,
      spans: span === undefined ? [] : [{ ...span, score: 0.25 }],
    });
    expect(errors).toEqual([
      {
        kind: 'boundary',
        document: 'note',
        line: 2,
        start: 16,
        end: 38,
        gold: { label: 'Disease', text: 'renal failure' },
        predicted: { label: 'Disease', text: 'severe renal failure', score: 0.25 },
        before: 'Has ',
        after: ' today.',
      },
    ]);
  });

  it('cuts a mention that is very long', () => {
    const long = `x${'y'.repeat(200)}`;
    const gold = markedDocument('note', `A ${long} b`, [[long, 'Disease']]);
    const [error] = errorsOf(gold, { ...gold, spans: [] }).errors;
    expect(error?.gold?.text).toBe(`${long.slice(0, 160)}…`);
    const exact = 'z'.repeat(160);
    const other = markedDocument('note', `A ${exact} b`, [[exact, 'Disease']]);
    expect(errorsOf(other, { ...other, spans: [] }).errors[0]?.gold?.text).toBe(exact);
  });

  it('covers both sides of a mention whose edges differ', () => {
    const gold = markedDocument('note', text, [['severe   renal\tfailure', 'Disease']]);
    const predicted = markedDocument('note', text, [['renal', 'Disease']]);
    expect(errorsOf(gold, predicted).errors).toMatchObject([{ start: 16, end: 38, after: ' today.' }]);
  });

  it('is in the order of the text, whichever side an error is on', () => {
    const [gold, predicted] = [
      ['a', 'c'],
      ['b', 'd'],
    ].map((words) =>
      markedDocument(
        'note',
        'a b c d',
        words.map((word) => [word, 'X']),
      ),
    ) as [Document, Document];
    expect(errorsOf(gold, predicted).errors.map(({ start }) => start)).toEqual([0, 2, 4, 6]);
  });

  it('leaves out what is beyond the most, and counts it', () => {
    const gold = markedDocument('note', 'a b c d', [
      ['a', 'X'],
      ['b', 'X'],
      ['c', 'X'],
      ['d', 'X'],
    ]);
    const nothing = { ...gold, spans: [] };
    expect(errorsOf(gold, nothing, 3)).toMatchObject({ errors: [{}, {}, {}], leftOut: 1 });
    expect(errorsOf(gold, nothing, 4).leftOut).toBe(0);
  });
});

describe('a fair share of kinds', () => {
  const items = (kinds: string): readonly { kind: ErrorKind; at: number }[] =>
    kinds.split('').map((kind, at) => ({
      kind: kind === 'm' ? 'missed' : kind === 's' ? 'spurious' : 'type',
      at,
    }));

  it('takes the first of each kind in turn, and keeps the order', () => {
    const places = (kinds: string, most: number): readonly number[] =>
      fairShare(items(kinds), most).map(({ at }) => at);
    expect(places('mmmmmst', 3)).toEqual([0, 5, 6]);
    expect(places('mmmmmst', 5)).toEqual([0, 1, 2, 5, 6]);
    expect(places('smmms', 4)).toEqual([0, 1, 2, 4]);
    expect(places('mms', 3)).toEqual([0, 1, 2]);
    expect(places('mms', 0)).toEqual([]);
  });
});

describe('the words around a place', () => {
  it.each([
    [
      'some on each side, with signs that there are more',
      'one two three four five six seven X one two three four five six seven',
      '… two three four five six seven ',
      ' one two three four five six …',
    ],
    ['all, where there are few', 'one two X three four', 'one two ', ' three four'],
    ['those of the same line', 'before\nhere X now\nafter', 'here ', ' now'],
    ['none at the edges', 'X', '', ''],
    ['with one blank between them', 'one \t two   X\t\tthree', 'one two ', ' three'],
  ])('are %s', (_, text, before, after) => {
    const at = text.indexOf('X');
    expect(contextOf(text, at, at + 1)).toEqual({ before, after });
  });
});
