import { describe, expect, test } from 'vitest';
import { checkText } from '../../../src/corpus/check/checkText.ts';
import type { CheckOptions } from '../../../src/corpus/check/options.ts';

/** Line, column range and code of each problem. */
function check(source: string, file: string, options?: CheckOptions): string[] {
  return checkText(source, file, options).map(
    ({ line, column, endColumn, code, severity }) => `${line}:${column}-${endColumn} ${severity} ${code}`,
  );
}

describe('checking a BIO file', () => {
  test('finds no problems in a valid one with any scheme', () => {
    for (const source of [
      'a\tB-X\nb\tI-X\n\nc\tO\n',
      'a\tI-X\nb\tB-X\n\nc\tI-X\n',
      'a\tB-X\nb\tE-X\nc\tS-X\n',
      'a\tI-X\nb\tI-Y\n',
      '',
      '\uFEFF# x\r\na O\r\n',
    ]) {
      expect(check(source, 'a.bio')).toEqual([]);
    }
  });

  test('finds all broken lines', () => {
    expect(check('a\tO\nb\nc\tX\n', 'a.bio')).toEqual(['2:1-2 error broken-line', '3:1-4 error broken-line']);
  });

  test('finds an I without a B if the file writes B, also after an empty line', () => {
    const source = 'a\tB-X\n\nb\tI-X\nc\tO\nd\tI-Y\n';
    expect(check(source, 'a.bio')).toEqual([
      '3:3-6 error inside-without-begin',
      '5:3-6 error inside-without-begin',
    ]);
  });

  test('finds a label that changes inside a mention', () => {
    expect(check('a\tB-X\nb\tI-Y\n', 'a.bio')).toEqual(['2:3-6 error label-change']);
  });

  test('finds mentions without an end in BIOES', () => {
    expect(check('a\tS-X\nb\tB-X\nc\tO\nd\tB-X\ne\tI-X\n', 'a.bio')).toEqual([
      '2:3-6 error unclosed-mention',
      '5:3-6 error unclosed-mention',
    ]);
  });

  test('warns about varying columns and about spaces in a file with tabs', () => {
    expect(check('a\tN\tO\nb\tO\nc\tN\tO\nd N O\n', 'a.bio')).toEqual([
      '2:1-4 warning column-count',
      '4:1-6 warning separator',
    ]);
  });

  test('warns about labels that the project does not have', () => {
    expect(check('a\tB-X\nb\tB-Disease\n', 'a.bio', { labels: ['Disease'] })).toEqual([
      '1:3-6 warning unknown-label',
    ]);
  });
});

describe('checking brat annotations', () => {
  const text = '\u{1F48A} gout\n';

  test('finds nothing in good ones', () => {
    const annotations =
      'T1\tX 2 6\tgout\nE1\tX:T1 \nA1\tNeg E1\nR1\tr Arg1:T1 Arg2:E1\t\n*\tSame T1 E1\n#1\tNote T1\tx\n\n';
    expect(check(annotations, 'a.ann', { text })).toEqual([]);
    expect(check(annotations, 'a.ann')).toEqual([]);
  });

  test('finds what does not match the text or the other lines', () => {
    const annotations = [
      'T1\tX 3 7\tgout',
      'T2\tX 2 99\tgout',
      'T2\tY 2 6\tgout',
      'R1\tr Arg1:T1 Arg2:T9\t',
      'A1\tNeg E7',
      'T3\tX',
      'Q1\twhat',
    ].join('\n');
    expect(check(annotations, 'a.ann', { text, labels: ['X'] })).toEqual([
      '1:1-14 warning moved',
      '2:1-15 error offsets',
      '3:1-14 error duplicate-id',
      '3:1-14 warning unknown-label',
      '4:1-21 error missing-target',
      '5:1-10 error missing-target',
      '6:1-5 error broken-line',
      '7:1-8 warning unknown-line',
    ]);
  });
});

describe('checking JSON lines', () => {
  test('finds nothing in good ones', () => {
    expect(
      check('{"id":"a","text":"gout","spans":[{"start":0,"end":4,"label":"X","text":"gout"}]}\n', 'a.jsonl'),
    ).toEqual([]);
  });

  test('finds all broken records, each with its line', () => {
    const source = '{\n{"text":"a","spans":[{"start":0,"end":2,"label":"X"}]}\n{"text":"fine"}\n';
    const problems = checkText(source, 'a.jsonl');
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [1, 'broken-record'],
      [2, 'broken-record'],
    ]);
    expect(problems[1]?.message).toContain('outside the text');
  });

  test('finds duplicate IDs, white space at the edge of a span, other words and unknown labels', () => {
    const record = '{"id":"a","text":"a gout","spans":[{"start":1,"end":6,"label":"X"}]}';
    const codes = (source: string): readonly string[] =>
      checkText(source, 'a.jsonl', { labels: [] }).map(({ line, code }) => `${line} ${code}`);
    expect(codes(`${record}\n${record}\n`)).toEqual([
      '1 blank-edge',
      '1 unknown-label',
      '2 blank-edge',
      '2 duplicate-id',
      '2 unknown-label',
    ]);
    expect(codes(record.replace('"X"', '"X","text":"gout"'))).toEqual(['1 moved', '1 unknown-label']);
    expect(codes(record.replace('"X"', '"X","text":"flu"'))).toEqual(['1 broken-record']);
  });
});

describe('checking other files', () => {
  test('finds a broken relation row', () => {
    expect(check('A sentence.\t1\nB sentence.\t\n', 'a.tsv')).toEqual(['2:1-2 error broken-row']);
  });

  test('finds no problems in plain text', () => {
    expect(check('Whatever it says.\n', 'note.txt')).toEqual([]);
  });
});
