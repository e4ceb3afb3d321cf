import { firstUnspaced, unspacedKind } from '../unspaced.ts';

/** Words per shingle (Chinese and Japanese characters count as words); letters per shingle in scripts such as Thai. */
const shingleWords = 3;
const shingleLetters = 9;

/** What the near-duplicate search needs to know about a text. */
export interface Sketch {
  /** 32-bit hashes of the text's word shingles, ascending and unique. At least one. */
  readonly shingles: Uint32Array;
  /** A 53-bit hash of the sequence of words, ignoring case, white space and punctuation. */
  readonly identity: number;
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/** Hashes the overlapping runs of words in a text (Broder 1997). */
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
  return { shingles: sortedUnique(shingles), identity: (low >>> 0) * 2 ** 21 + (high >>> 11) };
}

/**
 * A hash for each run of letters and digits, and for each character in scripts without spaces between words. `letters`:
 * how many of these are letters in a script whose words have several.
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

/** Vowel and tone marks in scripts without spaces whose words have several letters. */
const markOfLetters = /[[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]&&\p{M}]/v;

/** A cache of the kinds of UTF-16 units, from the first script without spaces between words on; 0 if not yet known. */
const kinds = new Uint8Array(0x10000);

function kindOf(code: number): number {
  if (code < 0x80) {
    return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) ? inWords : betweenWords;
  }
  // Letters and digits, but also signs and marks.
  if (code < firstUnspaced) return code >= 0xc0 ? inWords : betweenWords;
  return (kinds[code] ||= kindBeyond(code));
}

function kindBeyond(code: number): number {
  const character = String.fromCharCode(code);
  const kind = unspacedKind(character);
  if (kind !== undefined) return kind === 'ideograph' ? ideograph : letter;
  if (markOfLetters.test(character)) return letter;
  // General punctuation and spaces, and the punctuation of these scripts.
  return (code >= 0x2000 && code <= 0x206f) || /[\s\p{P}]/u.test(character) ? betweenWords : inWords;
}

/** Mixes all bits (the finaliser of MurmurHash3). The result is signed because V8 is fastest with signed integers. */
export function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function sortedUnique(values: Uint32Array): Uint32Array {
  values.sort();
  let kept = 0;
  for (let index = 0; index < values.length; index++) {
    if (index === 0 || values[index] !== values[index - 1]) values[kept++] = values[index] ?? 0;
  }
  return values.subarray(0, kept);
}

/** A sorted set, stored as part of an array. */
interface StoredSet {
  readonly values: Uint32Array;
  readonly from: number;
  readonly to: number;
}

/** The Jaccard similarity of two sorted sets, or 0 as soon as it is certain to be less than `least`. */
export function jaccard(a: Uint32Array, { values, from, to }: StoredSet, least = 0): number {
  const both = a.length + to - from;
  // With more elements in only one set than this, the similarity is below `least`. The 1 allows for rounding.
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
