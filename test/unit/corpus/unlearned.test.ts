import { describe, expect, test } from 'vitest';
import type { Document, Span } from '../../../src/corpus/document.ts';
import { unlearnedNotes } from '../../../src/corpus/unlearned.ts';

const text = 'Renal and hepatic failure \u00a0 hypertension.';

function document(
  ...ranges: readonly (readonly [start: number, end: number, from?: number, to?: number])[]
): Document {
  const spans = ranges.map(([start, end, from, to], index): Span => {
    const span = { id: `T${index}`, start, end: to ?? end, label: 'Disease', source: 'human' } as const;
    if (from === undefined || to === undefined) return span;
    const fragments = [
      { start, end },
      { start: from, end: to },
    ];
    return Object.assign(span, { fragments });
  });
  return { id: 'note', text, spans, relations: [], attributes: [], meta: {} };
}

describe('mentions that a tagging model cannot learn', () => {
  test('are counted by reason, with the first one', () => {
    const documents = [document([10, 25], [18, 25], [0, 5, 18, 25], [26, 27], [17, 30])];
    expect(unlearnedNotes(documents)).toEqual([
      '4 of 5 mentions cannot be learned, because tags cannot represent them: 1 discontinuous, 1 overlapping, ' +
        '1 nested, 1 without a word. The first is Disease in note.',
    ]);
  });

  test('are none if all mentions are whole words, also if one is there twice', () => {
    expect(unlearnedNotes([document([0, 5], [10, 25], [10, 25])])).toEqual([]);
    expect(unlearnedNotes([])).toEqual([]);
  });

  test('are not those that begin or end inside a word, which are counted apart', () => {
    expect(unlearnedNotes([document([1, 5], [10, 24], [28, 41])])).toEqual([
      '2 mentions begin or end inside a word. The model learns the whole words.',
    ]);
  });
});
