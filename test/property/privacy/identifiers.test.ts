import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../../../src/privacy/identifiers.ts';

const word = fc.constantFrom(
  'Mr.',
  'Dr',
  'Maria',
  'Lopez',
  'MRN',
  '00412',
  'call',
  '555-0132',
  '3/4',
  'on',
  'at',
  'lives in',
  'Leeds,',
  '[NAME]',
  '12 Elm Street',
  '03/04/2020',
  'SSN',
  '987-65-4320',
  'mg',
  'a@b.org',
  '(',
  '92-year-old',
  '😀',
  '\n',
);

describe('the identifier scan', () => {
  it('gives ranges of the text that are in order and do not overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 8 })), { maxLength: 25 }), (words) => {
        const text = words.join(' ');
        let last = 0;
        for (const { start, end } of findIdentifiers(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('finds the same after harmless text', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 15 }), (words) => {
        const text = words.join(' ');
        const before = 'The lungs are clear.\n';
        const moved = findIdentifiers(before + text).map(({ kind, start }) => [kind, start - before.length]);
        expect(moved).toEqual(findIdentifiers(text).map(({ kind, start }) => [kind, start]));
      }),
    );
  });

  // Cheap hints rule out most patterns, but must not rule out one that would have matched.
  it('finds the same if no pattern is ruled out', () => {
    const after =
      '\n\u0001 (Qz, Mq\u0001 mrs\u0001 by Q\u0001 Q. Q\u0001 Dear\u0001 reports\u0001 County\u0001, Q\u0001 Ja\u0001 99\u0001 1.1.1\u0001 fax\u0001x00000000000000000000x';
    const foundIn = (text: string): readonly unknown[] =>
      findIdentifiers(text + after).filter(({ end }) => end <= text.length);
    expect(findIdentifiers(after)).toEqual([]);
    for (const part of ['dev', 'evaluation']) {
      const file = path.join(import.meta.dirname, '../../golden/data/privacy', `${part}.txt`);
      for (const line of readFileSync(file, 'utf8').split('\n')) {
        const text = line.replaceAll(/<[^<>]*>/g, '');
        expect(foundIn(text)).toEqual(findIdentifiers(text));
      }
    }
    fc.assert(
      fc.property(fc.array(word, { maxLength: 15 }), (words) => {
        const text = words.join(' ');
        expect(foundIn(text)).toEqual(findIdentifiers(text));
      }),
    );
  });
});
