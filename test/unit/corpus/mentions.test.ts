import { describe, expect, test } from 'vitest';
import { chunkMentions } from '../../../src/corpus/bio/mentions.ts';
import { detectScheme } from '../../../src/corpus/bio/scheme.ts';
import { type BioTag, parseTag } from '../../../src/corpus/bio/tag.ts';

function tags(text: string): BioTag[] {
  return text.split(' ').map((tag) => parseTag(tag) ?? { prefix: 'O', label: '' });
}

function mentions(text: string): string {
  return chunkMentions(tags(text))
    .map(({ start, end, label }) => `${label} ${start}-${end}`)
    .join(', ');
}

describe('mentions of a tag sequence', () => {
  test.each([
    ['IOB2', 'B-X I-X O B-X B-Y I-Y', 'X 0-2, X 3-4, Y 4-6'],
    ['IOB1', 'I-X I-X B-X I-X O I-Y', 'X 0-2, X 2-4, Y 5-6'],
    ['BIOES', 'B-X I-X E-X S-X O S-Y', 'X 0-3, X 3-4, Y 5-6'],
    ['IO', 'I-X I-X O I-X I-Y', 'X 0-2, X 3-4, Y 4-5'],
    ['an end without a beginning', 'O E-X E-X', 'X 1-2, X 2-3'],
    ['inside after a single', 'S-X I-X', 'X 0-1, X 1-2'],
    ['a label that changes', 'B-X I-Y', 'X 0-1, Y 1-2'],
    ['nothing', 'O O', ''],
  ])('%s is read as by conlleval', (_name, sequence, expected) => {
    expect(mentions(sequence)).toBe(expected);
  });
});

describe('the scheme of a tag sequence', () => {
  test.each([
    ['B-X I-X O B-X', 'IOB2'],
    ['B-X I-X O I-X', 'IOB2'],
    ['I-X B-X I-X O I-X', 'IOB1'],
    ['B-X E-X', 'BIOES'],
    ['I-X O I-Y', 'IO'],
    ['O O', 'IOB2'],
  ])('%s is %s', (sequence, scheme) => {
    expect(detectScheme(tags(sequence))).toBe(scheme);
  });
});
