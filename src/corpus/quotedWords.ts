import type { TextRange } from './document.ts';
import { lastAtOrBefore } from './lines.ts';
import { blankCharacters } from './parts.ts';

const blanks = new RegExp(`[${blankCharacters}]+`, 'gu');

/** A text whose runs of white space are single spaces, with the way back to the text. */
export interface FlatText {
  readonly text: string;
  /** The UTF-16 offset in the original text of a position of `text`. */
  readonly toOriginal: (position: number) => number;
  /** The position in `text` of an offset in the original text. */
  readonly fromOriginal: (offset: number) => number;
}

/** Joins runs of white space. */
export function flatten(text: string): FlatText {
  // Where a run was shortened: the position after it, and the offset there.
  const positions = [0];
  const offsets = [0];
  const parts: string[] = [];
  let [length, copied] = [0, 0];
  for (const { 0: run, index } of text.matchAll(blanks)) {
    if (run === ' ') continue;
    parts.push(text.slice(copied, index), ' ');
    length += index - copied + 1;
    copied = index + run.length;
    positions.push(length);
    offsets.push(copied);
  }
  parts.push(text.slice(copied));
  return {
    text: parts.join(''),
    toOriginal(position) {
      const at = lastAtOrBefore(positions, position);
      return (offsets[at] as number) + position - (positions[at] as number);
    },
    fromOriginal(offset) {
      const at = lastAtOrBefore(offsets, offset);
      const position = (positions[at] as number) + offset - (offsets[at] as number);
      return Math.min(position, positions[at + 1] ?? position);
    },
  };
}

/**
 * How well a part of a text fits the words that are quoted for it: 2 if they are the same, 1 if white space at the edges
 * differs, otherwise 0. The kind of white space, capitals and the encoding of accents do not count, because programs
 * change these when they quote.
 */
export function fitOf(found: string, quoted: string): 0 | 1 | 2 {
  if (found === quoted) return 2;
  const [a, b] = [plain(found), plain(quoted)];
  if (a === b) return 2;
  return a.trim() === b.trim() ? 1 : 0;
}

function plain(words: string): string {
  return words.replaceAll(blanks, ' ').normalize('NFC').toLowerCase();
}

/** How far from its stated place the words of a mention are searched, in UTF-16 units. */
const reach = 20_000;

/**
 * The range of `words` nearest to an offset of the original text; undefined if they are not near it, or if two places are
 * about equally near.
 */
export function nearestPlace(flat: FlatText, words: string, expected: number): TextRange | undefined {
  const wanted = words.replaceAll(blanks, ' ').trim();
  if (wanted === '') return undefined;
  const from = flat.fromOriginal(Math.max(0, Math.min(expected, flat.toOriginal(flat.text.length))));
  const start = Math.max(0, from - reach);
  const near = flat.text.slice(start, from + reach + wanted.length);
  const before = near.lastIndexOf(wanted, from - start);
  const after = near.indexOf(wanted, from - start);
  const place = nearer(before, after, from - start);
  if (place === undefined) return undefined;
  const found = start + place;
  return {
    start: flat.toOriginal(found),
    end: flat.toOriginal(found + wanted.length - 1) + 1,
  };
}

/** The index nearer to `from`; -1 means that there is none. */
function nearer(before: number, after: number, from: number): number | undefined {
  if (before === -1 || after === -1)
    return Math.max(before, after) === -1 ? undefined : Math.max(before, after);
  const [left, right] = [from - before, after - from];
  if (Math.max(left, right) < Math.min(left, right) * 2 + 2 && before !== after) return undefined;
  return left <= right ? before : after;
}
