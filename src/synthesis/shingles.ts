/** Words per shingle. */
const shingleWords = 3;

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
  const words = wordHashes(text.toLowerCase());
  const count = Math.max(1, words.length - shingleWords + 1);
  const shingles = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    let hash = offsetBasis;
    const end = Math.min(words.length, index + shingleWords);
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

/** A hash for each run of letters and digits. */
function wordHashes(lowerText: string): number[] {
  const hashes: number[] = [];
  let hash = offsetBasis;
  let inWord = false;
  for (let index = 0; index < lowerText.length; index++) {
    const code = lowerText.charCodeAt(index);
    if (isWordUnit(code)) {
      hash = Math.imul(hash ^ code, prime);
      inWord = true;
    } else if (inWord) {
      hashes.push(hash);
      hash = offsetBasis;
      inWord = false;
    }
  }
  if (inWord) hashes.push(hash);
  return hashes;
}

/** Letters, digits and everything beyond Latin-1 except general punctuation and blanks (U+2000 to U+206F). */
function isWordUnit(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  return code >= 0xc0 && (code < 0x2000 || code > 0x206f) && code !== 0x3000;
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
