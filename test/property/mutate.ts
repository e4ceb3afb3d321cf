import * as fc from 'fast-check';

/** A change of a file: a part is left out, doubled or replaced. */
export const change = fc.record({
  at: fc.nat(999),
  length: fc.nat(12),
  text: fc.oneof(
    fc.constantFrom(
      '',
      '\n',
      '\t',
      '"',
      '\\',
      '0',
      '-1',
      '99999',
      '1e9',
      '{',
      '}',
      '[',
      ']',
      '|',
      '_',
      '*',
      '<',
      '>',
      '(',
      ')',
      ',',
      ';',
      ':',
      '=',
      '😀',
      '\uFEFF',
      '\0',
      '__proto__',
      'constructor',
      'null',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
  isDoubled: fc.boolean(),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** A file after some changes. */
export function mutated(source: string, changes: readonly Change[]): string {
  return changes.reduce((text, { at, length, text: added, isDoubled }) => {
    const start = Math.floor((at / 1000) * text.length);
    const rest = text.slice(isDoubled ? start : start + length);
    return text.slice(0, start + (isDoubled ? length : 0)) + added + rest;
  }, source);
}
