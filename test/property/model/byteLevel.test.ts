import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../../src/model/tokenizer/tokenizer.ts';
import golden from '../../golden/data/model/byteLevel.json' with { type: 'json' };

async function goldenTokenizer() {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-byte-level-'));
  await writeFile(path.join(folder, 'tokenizer.json'), JSON.stringify(golden.tokenizer));
  const loaded = await loadTokenizer(folder);
  await rm(folder, { recursive: true });
  return loaded;
}

const tokenizer = await goldenTokenizer();
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.constantFrom('fever', "isn't", '\u00a0', '  ', '\n', '🩺', 'µg', '<mask>'), { maxLength: 12 })
    .map((words) => words.join('')),
);

describe('the RoBERTa tokenizer, on any text', () => {
  it('gives tokens in order that leave out nothing but white space and cut no character in two', () => {
    fc.assert(
      fc.property(text, (input) => {
        const { ids, offsets } = tokenizer.encode(input);
        expect(offsets).toHaveLength(ids.length);
        let begun = 0;
        let previous = 0;
        for (const { start, end } of offsets) {
          // The bytes of one character can be several tokens.
          expect(start).toBeGreaterThanOrEqual(begun);
          begun = start;
          expect(end).toBeGreaterThanOrEqual(start);
          expect(input.slice(previous, start)).toMatch(/^\p{White_Space}*$/u);
          const cut = input.slice(start, end);
          if (input.isWellFormed()) expect(cut.isWellFormed()).toBe(true);
          previous = Math.max(previous, end);
        }
        expect(input.slice(previous)).toMatch(/^\p{White_Space}*$/u);
      }),
    );
  });

  it('gives every word a token', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (words) => {
        expect([...new Set(tokenizer.encodeWords(words).wordIndex)]).toEqual(words.map((_, i) => i));
      }),
    );
  });

  it('takes a word of 100,000 characters in less than two seconds', () => {
    const word = Array.from({ length: 100_000 }, (_, i) => 'ACGT'[(i * i * 7 + i) % 4]).join('');
    const start = performance.now();
    expect(tokenizer.encode(word).ids.length).toBeGreaterThan(1000);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
