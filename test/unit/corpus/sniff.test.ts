import { describe, expect, test } from 'vitest';
import { sniffFormat } from '../../../src/corpus/sniff.ts';

describe('the format of a file', () => {
  test.each([
    ['a.bio', '', 'bio'],
    ['a.conll', 'anything', 'bio'],
    ['a.ann', '', 'brat'],
    ['a.jsonl', '', 'jsonl'],
    ['a.tsv', 'gout\tB-Disease\nis\tO\n', 'bio'],
    ['a.txt', '-DOCSTART- O\n\ngout B-Disease\nis O\n', 'bio'],
    ['a.tsv', 'A sentence.\t1\nAnother one.\t0\n', 'relations'],
    ['a.txt', 'A sentence.\t1\nAnother one.\t0\n', 'relations'],
    ['a.txt', '{"text":"x"}\n', 'jsonl'],
    ['a.txt', 'The patient has gout.\nHe is O\n', 'text'],
    ['a.txt', '', 'text'],
    ['a.tsv', 'gout\tB-Disease\nis\tO\nbeg', 'bio'],
    // Tabs in a text do not make a table of it.
    ['a.txt', 'Pulse\t80 a minute\tregular\nWeight\t70 kg\tstable\n', 'text'],
    ['A.TXT', 'Pulse\t80 a minute\tregular\nWeight\t70 kg\tstable\n', 'text'],
    ['a.tsv', 'Pulse\t80 a minute\tregular\nWeight\t70 kg\tstable\n', 'relations'],
    ['a.tsv', 'no tabs here\nnor here\n', 'text'],
    // One line alone counts, though its end may be missing; of several the last one may be cut off.
    ['a.tsv', 'A sentence.\t1', 'relations'],
    ['a.txt', 'A sentence.\t1\nAnother', 'relations'],
    ['a.txt', 'A sentence.\t1\nAnother\n', 'text'],
  ])('%s with %j is %s', (file, head, format) => {
    expect(sniffFormat(file, head)).toBe(format);
  });

  test.each([
    ['a sentence, a tab and a label of one word', 'Gout after aspirin.\tcause', 'relations'],
    ['white space of several characters in the sentence', 'Gout \u00A0 resolved.\tnone', 'relations'],
    ['a label with blanks at its ends', 'Gout after aspirin.\t cause ', 'text'],
    ['a label of two words', 'Gout after aspirin.\tno cause', 'text'],
    ['three columns', 'Gout after aspirin.\tcause\t0.5', 'text'],
    ['no tab', 'Gout after aspirin.', 'text'],
    ['a BIO tag as its label', 'Gout after aspirin.\tB-Disease', 'bio'],
    ['blank lines between rows', 'Gout after aspirin.\tcause\n  \n\t', 'relations'],
    ['one word and a label', 'Gout\tcause', 'text'],
  ])('a .txt file whose lines have %s', (_, line, format) => {
    expect(sniffFormat('rows.txt', `${line}\n`.repeat(3))).toBe(format);
  });
});
