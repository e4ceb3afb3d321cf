import words from '../../../lexicon/fillers.json' with { type: 'json' };
import { pick, randomInteger, type Random } from '../../foundation/random.ts';

/** How an author might abbreviate a name: by its initials, or by the first letters of a single word. */
export function initials(name: string): string | undefined {
  const parts = name
    .split(/[ -]/)
    .filter((word) => /^\p{L}/u.test(word) && !['of', 'the', 'and'].includes(word));
  const short = parts.length > 1 ? parts.map((word) => word.charAt(0)).join('') : name.slice(0, 3);
  return /^[a-z]{2,5}$/i.test(short) ? short.toUpperCase() : undefined;
}

/** An abbreviation without a meaning outside its sentence. */
export function madeUpLetters(random: Random): string {
  const alphabet = 'ABCDEFGHILMNOPRSTV';
  return Array.from({ length: 2 + randomInteger(random, 2) }, () =>
    alphabet.charAt(randomInteger(random, alphabet.length)),
  ).join('');
}

/** A compound with what looks like a systematic name: "N-ethyl-3,5-dichlorobenzamide". */
export function systematicName(random: Random): string {
  const { parents, groups, prefixes } = words.compounds;
  const position = (): number => 1 + randomInteger(random, 8);
  const single = `${position()}-${pick(random, groups)}`;
  const double = `${position()},${position() + 1}-di${pick(random, groups)}`;
  const front = pick(random, prefixes);
  return `${front}${pick(random, [single, double, `${single}-${position()}-${pick(random, groups)}`])}${pick(random, parents)}`;
}

/** A compound with a laboratory code: "SKF 82958", "LY274614", "U-50488". */
export function researchCode(random: Random): string {
  const letters = pick(random, words.codes);
  return `${letters}${pick(random, ['-', ' ', ''])}${randomInteger(random, 99_900) + 100}${pick(random, ['', '', '', 'A', 'B'])}`;
}
