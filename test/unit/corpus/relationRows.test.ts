import { describe, expect, test } from 'vitest';
import { isJsonRows, formatRelationRows, parseRelationRows } from '../../../src/corpus/relationRows.ts';
import { failure } from './failure.ts';

const a = { text: '@GENE$ causes @DISEASE$.', label: '1' };
const b = { text: 'No link of @GENE$ with @DISEASE$.', label: '0' };

describe('relation rows', () => {
  test.each([
    ['BioBERT training form', `${a.text}\t1\n${b.text}\t0\n`],
    ['BioBERT test form', `index\tsentence\tlabel\n0\t${a.text}\t1\n1\t${b.text}\t0\n`],
    ['an index without a header', `0\t${a.text}\t1\n1\t${b.text}\t0`],
    ['a header in another order', `Label\tText\r\n1\t${a.text}\r\n0\t${b.text}\r\n`],
    ['a byte order mark and empty lines', `\uFEFF${a.text}\t1\n\n${b.text}\t0\n\n`],
    ['JSON lines', `${JSON.stringify({ ...a, label: 1 })}\n${JSON.stringify(b)}\n`],
  ])('are read from %s', (_name, source) => {
    expect(parseRelationRows(source)).toEqual([a, b]);
  });

  test('with scores are written and read again', () => {
    const rows = [
      { ...a, score: 0.75 },
      { ...b, score: 1 },
    ];
    expect(parseRelationRows(formatRelationRows(rows))).toEqual(rows);
  });

  test('are written without tabs or line ends inside a column', () => {
    expect(formatRelationRows([{ text: 'a\tb\r\nc', label: '0' }])).toBe('a b c\t0\n');
  });

  test('may be empty', () => {
    expect(parseRelationRows('')).toEqual([]);
    expect(formatRelationRows([])).toBe('');
  });

  test.each([
    ['no label here', 'no label'],
    ['\t1', 'empty'],
  ])('such as %j are rejected with file, line and next step', (row, reason) => {
    const error = failure(() => parseRelationRows(`${a.text}\t1\n\n${row}\n`, { file: 'gad.tsv' }));
    expect(error.message).toContain(reason);
    expect(error.place).toEqual({ file: 'gad.tsv', line: 3 });
  });

  test.each([
    ['{"text":"A b.","label":"1"}', true],
    ['\n  \n {"text":"A b.","label":0}\n', true],
    ['{"text":"A b.","label":"1"}\nnonsense', true],
    ['{"text":"A b."}', false],
    ['{"text":"A b.","label":[[0,1,"X"]]}', false],
    ['{"text":5,"label":"1"}', false],
    ['{"label":"1"}', false],
    ['"A b."', false],
    ['null', false],
    ['{"text":', false],
    ['', false],
  ])('in JSON are told by one label for all of the first text: %j', (source, are) => {
    expect(isJsonRows(source)).toBe(are);
  });

  test('with a score that is not a probability are rejected', () => {
    expect(failure(() => parseRelationRows(`${a.text}\t1\t7\n`)).message).toContain('score');
  });
});
