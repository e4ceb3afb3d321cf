/** Converts offsets of one text between UTF-16 units (inside) and Unicode code points (on disk). */
export interface CodePointOffsets {
  /** Length of the text in code points. */
  readonly length: number;
  /** An offset between the halves of a surrogate pair counts as the offset after the pair. */
  toCodePoint(utf16: number): number;
  toUtf16(codePoint: number): number;
}

/**
 * A converter for `text`: the identity if every character is one UTF-16 unit, otherwise a binary search over the
 * positions of the characters that need two. A lone surrogate is one code point, as in Python.
 */
export function codePointOffsets(text: string): CodePointOffsets {
  const pairs = /[\ud800-\udbff]/.test(text) ? surrogatePairs(text) : [];
  if (pairs.length === 0) {
    return { length: text.length, toCodePoint: (offset) => offset, toUtf16: (offset) => offset };
  }
  return {
    length: text.length - pairs.length,
    toCodePoint: (utf16) => utf16 - countBelow(pairs, (place) => place < utf16),
    toUtf16: (codePoint) => codePoint + countBelow(pairs, (place, before) => place - before < codePoint),
  };
}

/** The UTF-16 offset of each surrogate pair. */
function surrogatePairs(text: string): readonly number[] {
  const places: number[] = [];
  for (const match of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) places.push(match.index);
  return places;
}

/** How many items satisfy `below`, which must hold for a prefix of the list and no others. */
function countBelow(places: readonly number[], below: (place: number, index: number) => boolean): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (below(places[middle] as number, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
