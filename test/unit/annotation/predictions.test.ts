import { describe, expect, test } from 'vitest';
import { bioToDocument } from '../../../src/corpus/bio/document.ts';
import { parseBio } from '../../../src/corpus/bio/file.ts';
import type { Span } from '../../../src/corpus/document.ts';
import { spansInFile } from '../../../src/corpus/bio/withSpans.ts';
import { shiftSpans, type TextEdit } from '../../../src/annotation/shiftSpans.ts';
import {
  countByType,
  isUnsure,
  labelBehind,
  wordsOfMention,
} from '../../../src/annotation/describeMentions.ts';

const span: Span = { id: 'T1', start: 10, end: 16, label: 'Disease', source: 'model' };

function places(edit: TextEdit): number[][] {
  return shiftSpans([span], edit).map(({ start, end }) => [start, end]);
}

describe('shiftSpans', () => {
  test('moves a span behind the edit', () => {
    expect(places({ offset: 2, length: 1, inserted: 4 })).toEqual([[13, 19]]);
    expect(places({ offset: 10, length: 0, inserted: 2 })).toEqual([[12, 18]]);
  });

  test('leaves a span before the edit', () => {
    expect(places({ offset: 16, length: 0, inserted: 5 })).toEqual([[10, 16]]);
  });

  test('drops a span whose own characters are touched', () => {
    expect(places({ offset: 12, length: 0, inserted: 1 })).toEqual([]);
    expect(places({ offset: 8, length: 3, inserted: 3 })).toEqual([]);
    expect(places({ offset: 0, length: 100, inserted: 0 })).toEqual([]);
  });

  test('moves the parts of a discontinuous span along', () => {
    const parts = [
      { start: 10, end: 12 },
      { start: 14, end: 16 },
    ];
    const [moved] = shiftSpans([{ ...span, fragments: parts }], { offset: 0, length: 0, inserted: 3 });
    expect(moved?.fragments).toEqual([
      { start: 13, end: 15 },
      { start: 17, end: 19 },
    ]);
  });
});

describe('spansInFile', () => {
  test('goes from the first token to the end of the last tag in the file', () => {
    const source = '# c\nNo\tO\nsevere\tB-Disease\npain\tI-Disease\n';
    const file = parseBio(source);
    const [found] = spansInFile(bioToDocument(file, 'd'), file);
    expect(source.slice(found?.start, found?.end)).toBe('severe\tB-Disease\npain\tI-Disease');
  });
});

describe('wordsOfMention', () => {
  test('counts words within the sentence', () => {
    const text = 'He is well. She has type 2 diabetes.';
    const start = text.indexOf('type');
    expect(wordsOfMention(text, { start, end: start + 'type 2 diabetes'.length })).toEqual({
      start: 2,
      end: 5,
    });
  });
});

describe('countByType', () => {
  test('counts by type, the most frequent first', () => {
    expect(countByType([{ ...span, label: 'Chemical' }, span, span])).toBe(
      '3 mentions (2 Disease, 1 Chemical)',
    );
    expect(countByType([span])).toBe('1 mention (1 Disease)');
    expect(countByType([])).toBe('0 mentions');
  });
});

describe('labelBehind', () => {
  test('adds the score, and a question mark for all who see no colours, only if the model was unsure', () => {
    expect(labelBehind({ label: 'Disease', score: 0.541 })).toBe('Disease? 0.54');
    expect(labelBehind({ label: 'Disease', score: 0.91 })).toBe('Disease');
    expect(labelBehind({ label: 'Disease' })).toBe('Disease');
  });

  test('takes a mention without a score, as of a person, for sure', () => {
    expect(
      [undefined, 0, 0.69, 0.7, 1].map((score) => isUnsure(score === undefined ? {} : { score })),
    ).toEqual([false, true, true, false, false]);
  });
});
