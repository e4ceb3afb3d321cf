import { expect, test } from 'vitest';
import { sniffFormat } from '../../../src/corpus/sniff.ts';

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
