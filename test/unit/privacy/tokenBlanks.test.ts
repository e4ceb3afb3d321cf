import { describe, expect, it } from 'vitest';
import { findInTokens } from '../../../src/privacy/tokenBlanks.ts';

/** The findings as "kind: text". */
function found(text: string): readonly string[] {
  return findInTokens(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
}

describe('findInTokens', () => {
  for (const [text, finding] of [
    ['Born on 04 / 17 / 1952 .', 'date: 04 / 17 / 1952'],
    ['Phone 555 - 867 - 5309 .', 'phone: 555 - 867 - 5309'],
    ['Call ( 312 ) 555 - 0147 today .', 'phone: ( 312 ) 555 - 0147'],
    ['Seen by Dr . Hollis today .', 'name: Hollis'],
    ['Write to jt . x @ mailbox . org .', 'email: jt . x @ mailbox . org'],
    ['SSN 219 - 09 - 9999 .', 'ssn: 219 - 09 - 9999'],
    ['A 94 - year - old man .', 'age-over-89: 94 - year - old'],
    ['Logged in from 192 . 168 . 14 . 202 .', 'ip: 192 . 168 . 14 . 202'],
    ['See www . example . com / jsgarden now .', 'url: www . example . com'],
    ['Her son , Kevin O \u2019Malley , came .', 'name: Kevin'],
    ['MRN : 4482913', 'medical-record: 4482913'],
    ['Admitted 2021 - 03 - 14 with fever .', 'date: 2021 - 03 - 14'],
  ] as const) {
    it(`ignores the spaces between tokens:  ${text}`, () => {
      expect(found(text)).toContainEqual(expect.stringContaining(finding));
    });
  }

  it('finds nothing in tokenised clinical text without identifiers', () => {
    for (const text of [
      'BP 120 / 80 , pulse 92 , 1 / 2 tablet b . i . d .',
      'Seen in 2003 . 12 patients ( 4 % ) had IL - 6 > 3 . 5 pg / ml .',
      'T - cell lymphoma , 5 - HT1A , p < 0 . 05 ; 10 : 30 a . m .',
      'Parkinson \u2019s disease was ruled out - no tremor .',
    ]) {
      expect(found(text)).toEqual([]);
    }
  });

  it('finds identifiers in text without such spaces', () => {
    expect(found('Mr. Finch, MRN 5561023.')).toEqual(['name: Finch', 'medical-record: 5561023']);
  });

  it('terminates on long runs of anything', () => {
    for (const part of ['a . ', '1 - ', '/ ', ': / ', "a ' ", '( ']) {
      expect(findInTokens(part.repeat(20_000)).length).toBeGreaterThanOrEqual(0);
    }
  });
});
