import { describe, expect, test } from 'vitest';
import type { BioFormat } from '../../../src/corpus/bio/format.ts';
import { markedLines } from '../../../src/corpus/bio/lineSource.ts';
import { outlineEntries } from '../../../src/corpus/bio/outlineEntries.ts';
import { mentionAtLine } from '../../../src/corpus/bio/sentenceAt.ts';
import { isClearlyBio } from '../../../src/corpus/sniff.ts';
import { linesOfText } from './linesOfText.ts';

const format: BioFormat = { separator: 'tab', tagColumn: -1 };

const text = [
  '# from a test',
  'No\tO',
  'chronic\tB-Disease',
  '# a remark inside a sentence',
  'pain\tI-Disease',
  'gout\tB-Disease',
  '',
  'Take\tO',
  'aspirin\tB-Chemical',
].join('\n');

describe('markedLines', () => {
  test('gives the token and tag columns of the mentions in a stretch of lines', () => {
    expect(markedLines(linesOfText(text), 0, 5, format)).toEqual([
      { line: 2, token: { start: 0, end: 7 }, tag: { start: 8, end: 17 }, label: 'Disease' },
      { line: 4, token: { start: 0, end: 4 }, tag: { start: 5, end: 14 }, label: 'Disease' },
    ]);
  });

  test('reads the asked lines and no other, however long the file is', () => {
    const long = linesOfText(`${text}\n`.repeat(1000));
    markedLines(long, 4000, 4100, format);
    expect(long.read()).toBe(100);
  });

  test('takes a stretch that goes beyond the file', () => {
    expect(markedLines(linesOfText(text), -50, 500, format)).toHaveLength(4);
  });
});

describe('mentionAtLine', () => {
  test('finds the whole mention, over a comment, with its place in the sentence', () => {
    const mention = mentionAtLine(linesOfText(text), 4, format);
    expect(mention).toMatchObject({
      label: 'Disease',
      text: 'chronic pain',
      tokens: { start: 1, end: 3 },
      characters: { start: 3, end: 15 },
    });
    expect(mention?.first.line).toBe(2);
    expect(mention?.last.line).toBe(4);
  });

  test('tells neighbours of the same type apart', () => {
    expect(mentionAtLine(linesOfText(text), 5, format)?.text).toBe('gout');
  });

  test('finds nothing on a token outside, a comment or an empty line', () => {
    for (const line of [0, 1, 6]) {
      expect(mentionAtLine(linesOfText(text), line, format)).toBeUndefined();
    }
  });
});

describe('outlineEntries', () => {
  test('lists sentences with their lines and mentions', async () => {
    const entries = await outlineEntries(linesOfText(text), format, async () => true);
    expect(
      entries?.map(({ number, title, firstLine, lastLine }) => ({ number, title, firstLine, lastLine })),
    ).toEqual([
      { number: 1, title: 'No chronic pain gout', firstLine: 1, lastLine: 5 },
      { number: 2, title: 'Take aspirin', firstLine: 7, lastLine: 8 },
    ]);
    expect(entries?.[0]?.mentions.map((mention) => mention.text)).toEqual(['chronic pain', 'gout']);
  });

  test('stops when nobody wants it any more', async () => {
    const long = linesOfText(`${text}\n\n`.repeat(2000));
    expect(await outlineEntries(long, format, async () => false)).toBeUndefined();
    expect(long.read()).toBeLessThan(5000);
  });

  test('cuts the title of a long sentence', async () => {
    const words = 'progressive\tO\n'.repeat(12);
    const [entry] = (await outlineEntries(linesOfText(words), format, async () => true)) ?? [];
    expect(entry?.title).toBe(`${Array(5).fill('progressive').join(' ')}…`);
  });
});

describe('isClearlyBio', () => {
  test('takes tagged tokens', () => {
    expect(isClearlyBio(text.split('\n'))).toBe(true);
  });

  test('does not take a note, a table, relation rows or a list of two columns', () => {
    expect(isClearlyBio(['Seen for cough.', 'Has asthma.', 'Takes O'])).toBe(false);
    expect(isClearlyBio(['name\tage', 'Ann\t3', 'Bo\t4', 'Cy\t5'])).toBe(false);
    expect(isClearlyBio(['@GENE$ causes @DISEASE$ .\t1', 'It is\t0', 'Or not\t0'])).toBe(false);
    expect(isClearlyBio(['blood\tO', 'group\tO', 'type\tO'])).toBe(false);
  });

  test('does not take an empty file', () => {
    expect(isClearlyBio([''])).toBe(false);
  });
});
