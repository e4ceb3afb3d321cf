import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBioLine } from '../../../src/corpus/bio/line.ts';
import { chunkMentions } from '../../../src/corpus/bio/mentions.ts';
import { parseTag } from '../../../src/corpus/bio/tag.ts';
import { checkText } from '../../../src/corpus/check/checkText.ts';
import { tokenExamples } from '../../../src/corpus/examples.ts';
import { linesOf } from '../../../src/corpus/lines.ts';
import { codePointOffsets } from '../../../src/corpus/offsets.ts';
import { splitSentences } from '../../../src/corpus/sentences.ts';
import { splitWords } from '../../../src/corpus/words.ts';
import { anyText, document, tag } from './arbitraries.ts';

describe('offsets', () => {
  test('in code points are indices into the list of characters', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), (text) => {
        const offsets = codePointOffsets(text);
        const characters = Array.from(text);
        expect(offsets.length).toBe(characters.length);
        let utf16 = 0;
        for (let codePoint = 0; codePoint <= characters.length; codePoint++) {
          expect(offsets.toUtf16(codePoint)).toBe(utf16);
          expect(offsets.toCodePoint(utf16)).toBe(codePoint);
          utf16 += characters[codePoint]?.length ?? 0;
        }
      }),
    );
  });
});

describe('lines', () => {
  test('together with their line ends are the whole text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = [...linesOf(text)];
        expect(lines.map(({ start, next }) => text.slice(start, next)).join('')).toBe(
          text.replace(/^\uFEFF/u, ''),
        );
        for (const { start, end, next } of lines) {
          expect(text.slice(start, end)).not.toMatch(/[\r\n]/u);
          expect(['\n', '\r\n', '\r', '']).toContain(text.slice(end, next));
        }
      }),
    );
  });
});

describe('sentences and words', () => {
  test('contain everything that is seen, in order, without white space at their edges', () => {
    const unseen = /^[\s\p{Cf}\p{Cc}\p{DI}\p{Mn}\u2800\uffa0]*$/v;
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), (text) => {
        for (const [ranges, between] of [
          [splitSentences(text), /^\s*$/u],
          [splitWords(text), unseen],
        ] as const) {
          let end = 0;
          for (const range of ranges) {
            expect(text.slice(end, range.start)).toMatch(between);
            expect(text.slice(range.start, range.end)).toBe(text.slice(range.start, range.end).trim());
            expect(text.slice(range.start, range.end)).not.toMatch(between);
            end = range.end;
          }
          expect(text.slice(end)).toMatch(between);
        }
      }),
    );
  });

  test('never split a surrogate pair', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { start, end } of splitWords(text))
          expect(text.slice(start, end).isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('a line of BIO', () => {
  test('is read without failing, whatever it contains', () => {
    fc.assert(
      fc.property(anyText, (line) => {
        const parsed = parseBioLine(line);
        if (parsed.kind !== 'token') return;
        expect(parseTag(line.slice(parsed.tag.start, parsed.tag.end))).toMatchObject({ label: parsed.label });
        expect(parsed.token.end).toBeGreaterThan(parsed.token.start);
      }),
    );
  });
});

describe('mentions', () => {
  test('cover every tag except O exactly once, with one label each', () => {
    fc.assert(
      fc.property(fc.array(tag), (texts) => {
        const tags = texts.map((text) => parseTag(text) ?? { prefix: 'O' as const, label: '' });
        const covered = tags.map(() => '');
        for (const { start, end, label } of chunkMentions(tags)) {
          for (let i = start; i < end; i++) covered[i] += label;
        }
        expect(covered).toEqual(tags.map(({ label }) => label));
      }),
    );
  });
});

describe('training examples', () => {
  test('have one tag per word, each I after its mention, and words of the text', () => {
    fc.assert(
      fc.property(document, (one) => {
        for (const { words, ranges, tags } of tokenExamples([one])) {
          expect(tags).toHaveLength(words.length);
          expect(ranges.map(({ start, end }) => one.text.slice(start, end))).toEqual(words);
          for (const [index, text] of tags.entries()) {
            if (text.startsWith('I')) expect(tags[index - 1]?.slice(1)).toBe(text.slice(1));
          }
        }
      }),
    );
  });
});

describe('checking', () => {
  test('never fails and points into the file, whatever it contains', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('a.bio', 'a.ann', 'a.jsonl', 'a.tsv', 'a.txt'), (source, file) => {
        const count = [...linesOf(source)].length;
        for (const { line, column, endColumn } of checkText(source, file, { text: source, labels: ['X'] })) {
          expect(line).toBeLessThanOrEqual(count);
          expect(endColumn).toBeGreaterThanOrEqual(column);
        }
      }),
    );
  });
});
