import { firstUnspaced, unspacedKind } from '../unspaced.ts';

/** Words per shingle; in scripts without word blanks characters: of Chinese and Japanese, and of Thai and its like. */
const shingleWords = 3;
const shingleLetters = 9;

/** A text as the near-duplicate search knows it. */
export interface Sketch {
  /** Hashes of the text's word shingles: 32 bits each, ascending, each once. At least one. */
  readonly shingles: Uint32Array;
  /** 53 bits that tell the sequence of words from others: case, blanks and punctuation do not count. */
  readonly identity: number;
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/** The overlapping runs of words of a text (Broder 1997), hashed. */
export function sketchOf(text: string): Sketch {
  const { words, letters } = wordHashes(text.toLowerCase());
  const size = 2 * letters > words.length ? shingleLetters : shingleWords;
  const count = Math.max(1, words.length - size + 1);
  const shingles = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    let hash = offsetBasis;
    const end = Math.min(words.length, index + size);
    for (let word = index; word < end; word++) hash = mix(hash ^ (words[word] ?? 0));
    shingles[index] = hash;
  }
  let low = offsetBasis;
  let high = prime;
  for (const word of words) {
    low = mix(low ^ word);
    high = mix(Math.imul(high, prime) + word);
  }
  return { shingles: ascendingOnce(shingles), identity: (low >>> 0) * 2 ** 21 + (high >>> 11) };
}

/**
 * A hash for each run of letters and digits, and for each character of a script without word blanks; and how many of
 * these are letters of which a word has several.
 */
function wordHashes(lowerText: string): { readonly words: readonly number[]; readonly letters: number } {
  const hashes: number[] = [];
  let letters = 0;
  let hash = offsetBasis;
  let inWord = false;
  for (let index = 0; index < lowerText.length; index++) {
    const code = lowerText.charCodeAt(index);
    const kind = kindOf(code);
    if (kind === inWords) {
      hash = Math.imul(hash ^ code, prime);
      inWord = true;
      continue;
    }
    if (inWord) {
      hashes.push(hash);
      hash = offsetBasis;
      inWord = false;
    }
    if (kind === betweenWords) continue;
    hashes.push(Math.imul(offsetBasis ^ code, prime));
    if (kind === letter) letters++;
  }
  if (inWord) hashes.push(hash);
  return { words: hashes, letters };
}

const betweenWords = 1;
const inWords = 2;
const ideograph = 3;
const letter = 4;

/** Vowels and tones of the scripts whose words have several letters. */
const markOfLetters = /[[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]&&\p{M}]/v;

/** Kinds of UTF-16 units from the first script without word blanks on, as far as they have been met; 0 before that. */
const kinds = new Uint8Array(0x10000);

function kindOf(code: number): number {
  if (code < 0x80) {
    return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) ? inWords : betweenWords;
  }
  // Letters and digits, and signs and marks as well.
  if (code < firstUnspaced) return code >= 0xc0 ? inWords : betweenWords;
  return (kinds[code] ||= kindBeyond(code));
}

function kindBeyond(code: number): number {
  const character = String.fromCharCode(code);
  const kind = unspacedKind(character);
  if (kind !== undefined) return kind === 'ideograph' ? ideograph : letter;
  if (markOfLetters.test(character)) return letter;
  // General punctuation and blanks; and the punctuation of these scripts.
  return (code >= 0x2000 && code <= 0x206f) || /[\s\p{P}]/u.test(character) ? betweenWords : inWords;
}

/** Spreads all bits (the finaliser of MurmurHash3). Signed, as the fast integers of the engine are. */
export function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function ascendingOnce(values: Uint32Array): Uint32Array {
  values.sort();
  let kept = 0;
  for (let index = 0; index < values.length; index++) {
    if (index === 0 || values[index] !== values[index - 1]) values[kept++] = values[index] ?? 0;
  }
  return values.subarray(0, kept);
}

/** A part of an array that is an ascending set. */
interface StoredSet {
  readonly values: Uint32Array;
  readonly from: number;
  readonly to: number;
}

/** Jaccard similarity of two ascending sets where it is `least` or more; 0 once it is certain to be less. */
export function jaccard(a: Uint32Array, { values, from, to }: StoredSet, least = 0): number {
  const both = a.length + to - from;
  // With more single elements than these the similarity is below `least`; one more, against rounding.
  let singles = both - (2 * least * both) / (1 + least) + 1;
  let shared = 0;
  let i = 0;
  let j = from;
  while (i < a.length && j < to) {
    const left = a[i] ?? 0;
    const right = values[j] ?? 0;
    if (left === right) {
      shared++;
      i++;
      j++;
    } else {
      if (--singles < 0) return 0;
      if (left < right) i++;
      else j++;
    }
  }
  return shared / (both - shared);
}
