import type { TextRange } from './document.ts';
import { codePointOffsets } from './offsets.ts';
import { fitOf, type FlatText, flatten, nearestPlace } from './quotedWords.ts';

/** A mention as a file states it. */
export interface StatedSpan {
  /** One range, or several for a discontinuous mention, in text order. Offsets should count code points. */
  readonly ranges: readonly TextRange[];
  /** The words that the file quotes for it, the parts joined by a space; undefined or empty if it quotes none. */
  readonly words?: string | undefined;
}

/** Where a mention is in the text (UTF-16 offsets): at the stated offsets, or where the text has the quoted words. */
export interface Placed {
  readonly kind: 'stated' | 'moved';
  readonly ranges: readonly TextRange[];
}

/**
 * `outside`: the offsets are not a range of the text. `mismatch`: the text has other words there, and the right place is
 * not clear.
 */
export type Placement = Placed | { readonly kind: 'outside' | 'mismatch' };

/** Converts a stated offset to UTF-16; the result may be outside the text. */
type Counting = (offset: number) => number;

/**
 * The place of each mention. Offsets that do not fit the quoted words usually count in another unit: UTF-16 units or
 * bytes instead of code points, a line end of two characters as one, from 1 instead of 0, or from another start of the
 * text. If one such way of counting fits all quoted words, it holds for all mentions. Otherwise each mention that does not
 * fit is moved to its words nearby, if their place is clear. A range that ends before it begins, or has no length, is a mistake
 * of another kind, and is never moved. At most about linear in the text for each mention that moves.
 */
export function placeSpans(text: string, stated: readonly StatedSpan[]): readonly Placement[] {
  const isRange = ({ ranges }: StatedSpan): boolean => ranges.every(({ start, end }) => start < end);
  if (stated.every(isRange)) return placeRanges(text, stated);
  const placed = placeRanges(text, stated.filter(isRange)).values();
  return stated.map((span) => (isRange(span) ? placed.next().value : undefined) ?? { kind: 'outside' });
}

function placeRanges(text: string, stated: readonly StatedSpan[]): readonly Placement[] {
  const offsets = codePointOffsets(text);
  const asStated: Counting = (offset) =>
    offset <= offsets.length ? offsets.toUtf16(offset) : text.length + offset - offsets.length;
  const quoted = stated.filter(({ words }) => isQuoted(words));
  let best = { counting: asStated, ...fitOfAll(text, quoted, asStated) };
  if (best.sum === quoted.length * 2) return stated.map((span) => placeAt(text, span, asStated, 'stated'));
  const search: Search = { text, flat: flatten(text), asStated };
  for (const counting of otherCountings(search, quoted)) {
    const found = fitOfAll(text, quoted, counting);
    if (found.sum > best.sum) best = { counting, ...found };
  }
  if (best.fitting === quoted.length)
    return stated.map((span) => placeBy(text, span, best.counting, asStated));
  return placeOneByOne(search, stated, best.counting);
}

/** Where words are looked for, and how offsets count if the file is right. */
interface Search {
  readonly text: string;
  readonly flat: FlatText;
  readonly asStated: Counting;
}

/** How many mentions fit their quoted words, and the sum of how well they do (see `fitOf`). */
function fitOfAll(
  text: string,
  quoted: readonly StatedSpan[],
  counting: Counting,
): { readonly fitting: number; readonly sum: number } {
  const fits = quoted.map((span) => fit(text, span, counting));
  return {
    fitting: fits.filter((value) => value > 0).length,
    sum: fits.reduce<number>((sum, value) => sum + value, 0),
  };
}

function isQuoted(words: string | undefined): words is string {
  return words !== undefined && words.trim() !== '';
}

function placeBy(text: string, span: StatedSpan, counting: Counting, asStated: Counting): Placement {
  const same = span.ranges.every(
    ({ start, end }) => counting(start) === asStated(start) && counting(end) === asStated(end),
  );
  return placeAt(text, span, counting, same ? 'stated' : 'moved');
}

function placeAt(
  text: string,
  { ranges }: StatedSpan,
  counting: Counting,
  kind: 'stated' | 'moved',
): Placement {
  const placed = ranges.map(({ start, end }) => ({ start: counting(start), end: counting(end) }));
  const isInside = placed.every(({ start, end }) => start >= 0 && end <= text.length && start < end);
  return isInside ? { kind, ranges: placed } : { kind: 'outside' };
}

function fit(text: string, { ranges, words = '' }: StatedSpan, counting: Counting): 0 | 1 | 2 {
  const found = ranges.map(({ start, end }) =>
    text.slice(Math.max(0, counting(start)), Math.max(0, counting(end))),
  );
  return fitOf(found.join(' '), words);
}

const inUnits: Counting = (offset) => offset;

/** Other ways of counting that explain offsets which do not fit the quoted words. */
function* otherCountings(search: Search, quoted: readonly StatedSpan[]): Generator<Counting> {
  const { text } = search;
  yield inUnits;
  if (text.includes('\r\n')) {
    const oneUnit = unitsBefore(text, (unit, next) => (unit === 13 && next === 10 ? 0 : 1));
    yield oneUnit;
    yield unitsBefore(text, (unit, next) => ((unit === 13 && next === 10) || isLowHalf(unit) ? 0 : 1));
  }
  if (/[^\0-\x7f]/u.test(text)) yield unitsBefore(text, bytesOf);
  yield* drifts(search, quoted);
}

function isLowHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** The bytes of a UTF-16 unit in UTF-8; a pair of units has four, which count at its first. */
function bytesOf(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  if (isLowHalf(unit)) return 0;
  return unit >= 0xd800 && unit <= 0xdbff ? 4 : 3;
}

/** A counting in which each UTF-16 unit of the text has a width. */
function unitsBefore(text: string, widthOf: (unit: number, next: number) => number): Counting {
  let total = 0;
  for (let index = 0; index < text.length; index++) {
    total += widthOf(text.charCodeAt(index), text.charCodeAt(index + 1));
  }
  const places = new Int32Array(total + 1).fill(-1);
  let count = 0;
  for (let index = 0; index <= text.length; index++) {
    const unit = text.charCodeAt(index);
    // A place is where a character begins. A line end is one place, so that a mention before it ends there.
    if (!isLowHalf(unit) && places[count] === -1) places[count] = index;
    if (index < text.length) count += widthOf(unit, text.charCodeAt(index + 1));
  }
  return (offset) => (offset > total ? text.length + offset - total : (places[offset] ?? -1));
}

/** How many mentions are looked at to find a constant difference. */
const driftSamples = 5;

/** Countings with a constant difference at the start, and perhaps another at the end (ends that are inclusive). */
function* drifts({ flat, asStated }: Search, quoted: readonly StatedSpan[]): Generator<Counting> {
  const seen = new Set<string>();
  for (const span of quoted.filter(({ ranges }) => ranges.length === 1).slice(0, driftSamples)) {
    const [range] = span.ranges;
    if (range === undefined) continue;
    const place = nearestPlace(flat, span.words ?? '', asStated(range.start));
    if (place === undefined) continue;
    const [before, after] = [place.start - asStated(range.start), place.end - asStated(range.end)];
    if (seen.has(`${before} ${after}`)) continue;
    seen.add(`${before} ${after}`);
    yield driftOf(asStated, quoted, before, after);
  }
}

/** The same offset may be a start and an end; what it is here decides the difference. */
function driftOf(asStated: Counting, quoted: readonly StatedSpan[], before: number, after: number): Counting {
  if (before === after) return (offset) => asStated(offset) + before;
  const starts = new Set(quoted.flatMap(({ ranges }) => ranges.map(({ start }) => start)));
  return (offset) => asStated(offset) + (starts.has(offset) ? before : after);
}

/** Keeps the mentions that fit as they are stated, and moves each other one to its words nearby. */
function placeOneByOne(
  { text, flat, asStated }: Search,
  stated: readonly StatedSpan[],
  best: Counting,
): readonly Placement[] {
  const order = [...stated.keys()].sort((a, b) => startOf(stated[a]) - startOf(stated[b]));
  const placements: Placement[] = stated.map(() => ({ kind: 'mismatch' }));
  let drift = 0;
  for (const index of order) {
    const span = stated[index] as StatedSpan;
    if (!isQuoted(span.words) || fit(text, span, asStated) > 0) {
      placements[index] = placeAt(text, span, asStated, 'stated');
      if (isQuoted(span.words)) drift = 0;
      continue;
    }
    if (fit(text, span, best) > 0) {
      placements[index] = placeAt(text, span, best, 'moved');
      continue;
    }
    const [range, ...more] = span.ranges;
    if (placeAt(text, span, asStated, 'stated').kind === 'outside') placements[index] = { kind: 'outside' };
    if (range === undefined || more.length > 0) continue;
    const expected = asStated(range.start) + drift;
    const place = nearestPlace(flat, span.words, expected);
    if (place === undefined) continue;
    drift = place.start - asStated(range.start);
    placements[index] = { kind: 'moved', ranges: [place] };
  }
  return placements;
}

function startOf(span: StatedSpan | undefined): number {
  return span?.ranges[0]?.start ?? 0;
}
