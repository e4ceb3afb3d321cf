import { describe, expect, it } from 'vitest';
import type { Document, Span } from '../../../src/corpus/document.ts';
import { mentionsOf } from '../../../src/evaluation/mention.ts';

const span = (id: string, start: number, end: number, label: string): Span => ({
  id,
  start,
  end,
  label,
  source: 'human',
});

const documentOf = (...spans: readonly Span[]): Document => ({
  id: 'a',
  text: 'x'.repeat(40),
  spans,
  relations: [],
  attributes: [],
  meta: {},
});

const itself = (offset: number): number => offset;
const all = { labels: undefined, strictBegin: false, inkBefore: itself };

/** The mentions that count, in short. */
const counted = (document: Document, toShared = itself): readonly string[] =>
  mentionsOf(document, toShared, all).map(({ place, label }) => `${place} ${label}`);

describe('the mentions of a document that count', () => {
  it('come in the order of the text: by start, then by end, then by label', () => {
    const document = documentOf(
      span('T1', 9, 12, 'A'),
      span('T2', 2, 8, 'B'),
      span('T3', 2, 5, 'C'),
      span('T4', 2, 5, 'B'),
      span('T5', 2, 5, 'A'),
      span('T6', 0, 20, 'Z'),
    );
    expect(counted(document)).toEqual(['0-20 Z', '2-5 A', '2-5 B', '2-5 C', '2-8 B', '9-12 A']);
  });

  it('count once where the same is marked twice, with the score of the first', () => {
    const twice = documentOf(
      { ...span('T1', 2, 5, 'A'), score: 0.9 },
      { ...span('T2', 2, 5, 'A'), score: 0.4 },
    );
    expect(mentionsOf(twice, itself, all)).toEqual([
      { start: 2, end: 5, ink: { start: 2, end: 5 }, place: '2-5', label: 'A', score: 0.9 },
    ]);
  });

  it('are put at the offsets that both sides share, with each of their parts', () => {
    const fragments = [
      { start: 4, end: 6 },
      { start: 10, end: 14 },
    ];
    const document = documentOf({ ...span('T1', 4, 14, 'A'), fragments });
    const shared = mentionsOf(document, (offset) => offset / 2, {
      ...all,
      inkBefore: (offset) => offset - 1,
    });
    expect(shared).toEqual([
      { start: 2, end: 7, ink: { start: 1, end: 6 }, place: '2-3,5-7', label: 'A', score: undefined },
    ]);
  });

  it('are none of white space alone, which has no length there', () => {
    expect(
      counted(documentOf(span('T1', 4, 6, 'A'), span('T2', 4, 9, 'A')), (at) => Math.max(6, at)),
    ).toEqual(['6-9 A']);
  });
});
