import { describe, expect, it } from 'vitest';
import { nearDuplicateIndex } from '../../../src/synthesis/nearDuplicates.ts';
import { jaccard, sketchOf } from '../../../src/synthesis/shingles.ts';
import { seededRandom, pick } from '../../../src/foundation/random.ts';

const text = 'The patient was started on a low dose and followed for six weeks in the clinic.';

describe('nearDuplicateIndex', () => {
  it('takes other capitals, blanks and punctuation for the same text', () => {
    const index = nearDuplicateIndex();
    index.add(text);
    expect(index.find(` ${text.toUpperCase().replaceAll(' ', '  ')}!`)).toBe('duplicate');
    expect(index.find(text.replace('six', 'eight'))).toBeUndefined();
    expect(index.find(text.replace('the clinic', 'clinic'))).toBe('near-duplicate');
  });

  it('knows texts of one word, of no word and of other scripts', () => {
    const index = nearDuplicateIndex();
    for (const other of ['Gout', '', '患者は痛風です', 'больной']) {
      expect(index.find(other)).toBeUndefined();
      index.add(other);
      expect(index.find(other)).toBe('duplicate');
    }
  });

  it('misses at most one in a hundred near-duplicates and reports nothing that is none', () => {
    const random = seededRandom(3);
    const sentence = (): string[] => Array.from({ length: 20 }, () => `w${Math.floor(random() * 3000)}`);
    const texts = Array.from({ length: 2000 }, sentence);
    const index = nearDuplicateIndex();
    for (const words of texts) index.add(words.join(' '));
    let similar = 0;
    let missed = 0;
    for (let round = 0; round < 2000; round++) {
      const words = [...pick(random, texts)];
      const before = words.join(' ');
      // A word in the middle stands in three shingles, one at the end in one.
      const changes = random() < 0.5 ? [Math.floor(random() * 20)] : [0, 19, 18];
      for (const at of changes) words[at] = 'new';
      const after = words.join(' ');
      const values = sketchOf(after).shingles;
      const set = { values, from: 0, to: values.length };
      const isSimilar = jaccard(sketchOf(before).shingles, set) >= 0.7;
      const found = index.find(after);
      if (isSimilar) similar++;
      if (isSimilar && found === undefined) missed++;
      if (!isSimilar) expect(found).toBeUndefined();
    }
    expect(similar).toBeGreaterThan(500);
    expect(missed / similar).toBeLessThan(0.01);
  });

  it('finds the first and the last of many texts', () => {
    const index = nearDuplicateIndex();
    const numbered = (number: number): string => `a${number} b${number} c${number} d${number} e${number}`;
    for (let number = 0; number < 5000; number++) index.add(numbered(number));
    for (const number of [0, 255, 256, 257, 4096, 4999]) {
      expect(index.find(`${numbered(number)} f`)).toBe('near-duplicate');
    }
    expect(index.find(`${numbered(5000)} f`)).toBeUndefined();
  });
});
