import { describe, expect, test } from 'vitest';
import { type BioLine, parseBioLine } from '../../../src/corpus/bio/line.ts';
import { detectBioFormat } from '../../../src/corpus/bio/format.ts';

/** Token, tag and label of a token line; the kind of any other line. */
function read(line: string, parsed: BioLine = parseBioLine(line)): string {
  if (parsed.kind !== 'token') return parsed.kind;
  const [token, tag] = [parsed.token, parsed.tag].map(({ start, end }) => line.slice(start, end));
  return `${token} ${tag} = ${parsed.prefix} ${parsed.label}`.trim();
}

describe('a line of a BIO file', () => {
  test.each([
    ['gout\tB-Disease', 'gout B-Disease = B Disease'],
    ['gout B-Disease', 'gout B-Disease = B Disease'],
    ['gout  NN   I-NP  B-Disease  ', 'gout B-Disease = B Disease'],
    ['New York\tNNP\tB-Place', 'New York B-Place = B Place'],
    ['rash\tB-Adverse-Event', 'rash B-Adverse-Event = B Adverse-Event'],
    ['the\tO', 'the O = O'],
    ['the\to', 'the o = O'],
    ['the\tO\t', 'the O = O'],
    ['\u{1F48A}\tB-Chemical', '\u{1F48A} B-Chemical = B Chemical'],
  ])('%j has a token and a tag', (line, expected) => {
    expect(read(line)).toBe(expected);
  });

  test.each([
    ['L-X', 'E'],
    ['U-X', 'S'],
    ['M-X', 'I'],
    ['E-X', 'E'],
    ['S-X', 'S'],
  ])('%s in BILOU, BMES or BIOES counts as %s', (tag, prefix) => {
    expect(parseBioLine(`gout\t${tag}`)).toMatchObject({ kind: 'token', prefix, label: 'X' });
  });

  test('a tag without a label, as in corpora with a single type, gets one', () => {
    expect(parseBioLine('gout\tB')).toMatchObject({ prefix: 'B', label: 'Entity' });
  });

  test.each([
    ['', 'blank'],
    [' \t ', 'blank'],
    ['-DOCSTART- -X- O O', 'docstart'],
    ['-DOCSTART-', 'docstart'],
    ['# sent_id = 12', 'comment'],
    ['#text', 'comment'],
    ['gout', 'broken'],
    ['gout\tDisease', 'broken'],
    ['gout\tB-', 'broken'],
    ['\tO', 'broken'],
  ])('%j is %s', (line, kind) => {
    expect(parseBioLine(line).kind).toBe(kind);
  });

  test('a hash sign with a tag is a token, but a comment that ends like a tag is not', () => {
    const format = { separator: 'space', tagColumn: -1, columns: 2 } as const;
    expect(read('#\tO')).toBe('# O = O');
    expect(read('# O', parseBioLine('# O', format))).toBe('# O = O');
    expect(parseBioLine('# this was grade I', format).kind).toBe('comment');
  });

  test('a line with more than a million characters is broken, whatever it contains', () => {
    expect(parseBioLine('x '.repeat(600_000)).kind).toBe('broken');
  });

  test('the reason never quotes the line', () => {
    const parsed = parseBioLine('Smith\tJohn');
    expect(parsed.kind === 'broken' && /Smith|John/u.test(parsed.reason)).toBe(false);
  });
});

describe('the layout of a BIO file', () => {
  test('is that of most of its lines', () => {
    expect(detectBioFormat(['a\tO', 'b O', 'c\tO'])).toEqual({ separator: 'tab', tagColumn: -1, columns: 2 });
    expect(detectBioFormat(['a NN O', '', 'b NN O'])).toEqual({
      separator: 'space',
      tagColumn: -1,
      columns: 3,
    });
  });

  test('may have the tag in a column other than the last', () => {
    const format = detectBioFormat(['gout\tB-Disease\tD006073', 'is\tO\t-']);
    expect(format.tagColumn).toBe(1);
    expect(read('gout\tB-Disease\tD006073', parseBioLine('gout\tB-Disease\tD006073', format))).toBe(
      'gout B-Disease = B Disease',
    );
  });

  test('may have the tag before the token', () => {
    const format = detectBioFormat(['B-Disease\tgout', 'O\tis']);
    expect(read('O\tis', parseBioLine('O\tis', format))).toBe('is O = O');
  });

  test('of an empty file has tabs, and tags in the last column', () => {
    expect(detectBioFormat([])).toEqual({ separator: 'tab', tagColumn: -1 });
  });
});
