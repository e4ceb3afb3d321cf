import { describe, expect, test } from 'vitest';
import { columnsOf, tagColumnIndex } from '../../../src/corpus/bio/columns.ts';
import { detectBioFormat } from '../../../src/corpus/bio/format.ts';

const columns = (line: string, separator: 'tab' | 'space'): readonly string[] =>
  columnsOf(line, separator).map(({ start, end }) => line.slice(start, end));

describe('the columns of a line', () => {
  test.each([
    ['gout\tNN\tO', ['gout', 'NN', 'O']],
    [' renal failure \t O ', ['renal failure', 'O']],
    ['gout\t\tO', ['gout', '', 'O']],
    ['gout\tO\t', ['gout', 'O']],
    ['gout\tO\t \t', ['gout', 'O']],
    ['\t\t', []],
    ['', []],
    ['x', ['x']],
  ])('between tabs: %j', (line, wanted) => {
    expect(columns(line, 'tab')).toEqual(wanted);
  });

  test.each([
    ['gout NN O', ['gout', 'NN', 'O']],
    ['  gout \t O  ', ['gout', 'O']],
    ['', []],
    [' ', []],
    ['x', ['x']],
  ])('between blanks: %j', (line, wanted) => {
    expect(columns(line, 'space')).toEqual(wanted);
  });
});

describe('the column of the tag', () => {
  test.each([
    [3, -1, 2],
    [3, 0, 0],
    [3, 2, 2],
    [2, -2, 0],
    // No such column, or none beside it for the token.
    [3, 3, undefined],
    [3, -4, undefined],
    [1, -1, undefined],
    [1, 0, undefined],
    [0, -1, undefined],
  ])('of %i columns, counted as %i', (count, tagColumn, wanted) => {
    expect(tagColumnIndex(count, tagColumn)).toBe(wanted);
  });

  test('is the last one that holds tags on nine of ten lines', () => {
    const lines = (tags: number): readonly string[] =>
      Array.from({ length: 10 }, (_, i) => `word${i} ${i < tags ? 'B-Disease' : 'word'} NN`);
    expect(detectBioFormat(lines(9)).tagColumn).toBe(1);
    expect(detectBioFormat(lines(8)).tagColumn).toBe(-1);
    expect(detectBioFormat(['O gout', 'O and', 'B-Disease flu']).tagColumn).toBe(0);
  });
});

describe('the number of columns of a file', () => {
  test('is what most of its lines have, the first of those that are as frequent', () => {
    expect(detectBioFormat(['a b O', 'a O', 'a O', 'a b O', 'a O']).columns).toBe(2);
    expect(detectBioFormat(['a b O', 'a O', 'a O', 'a b O']).columns).toBe(2);
    expect(detectBioFormat(['a b c O', 'a O']).columns).toBe(4);
  });
});
