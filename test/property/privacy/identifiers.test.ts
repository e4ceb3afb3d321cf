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
  it('gives ranges of the text, in order and apart', () => {
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

  it('finds the same whatever harmless text comes before', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 15 }), (words) => {
        const text = words.join(' ');
        const before = 'The lungs are clear.\n';
        const moved = findIdentifiers(before + text).map(({ kind, start }) => [kind, start - before.length]);
        expect(moved).toEqual(findIdentifiers(text).map(({ kind, start }) => [kind, start]));
      }),
    );
  });
});
