import { createSpan, type Span, type TextRange } from './document.ts';

/** White space, and the other characters at which Python ends a line, as the content of a character class. */
export const blankCharacters = String.raw`\s\x1c-\x1e\x85`;

const blank = new RegExp(`^[${blankCharacters}]*$`, 'u');

const endCharacters = String.raw`\n\r\v\f\x1c-\x1e\x85\u2028\u2029`;

/** The characters at which brat and other Python programs end a line. */
export const lineEnds = new RegExp(`[${endCharacters}]`, 'gu');
const lineParts = new RegExp(`[^${endCharacters}]+`, 'gu');

/**
 * Joins parts of a mention that only white space separates: brat writes a mention that runs over a line end in parts. The
 * ranges must be in text order.
 */
export function joinParts(text: string, ranges: readonly TextRange[]): readonly TextRange[] {
  const joined: TextRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && last.end <= range.start && blank.test(text.slice(last.end, range.start))) {
      joined[joined.length - 1] = { start: last.start, end: range.end };
    } else {
      joined.push(range);
    }
  }
  return joined;
}

/** A span over ranges in text order, in parts only where words lie between them. Throws `RangeError` as `createSpan` does. */
export function spanOver(
  text: string,
  draft: Omit<Span, 'start' | 'end' | 'fragments'>,
  ranges: readonly TextRange[],
): Span {
  const fragments = joinParts(text, ranges);
  const [start, end] = [fragments[0]?.start ?? 0, fragments.at(-1)?.end ?? 0];
  return createSpan(text, { ...draft, start, end, ...(fragments.length > 1 ? { fragments } : {}) });
}

/** The parts of a range on each line of the text, without white space at line ends, as brat writes them. */
export function splitAtLineEnds(text: string, { start, end }: TextRange): readonly TextRange[] {
  const parts = [...text.slice(start, end).matchAll(lineParts)]
    .filter(({ 0: part }) => !blank.test(part))
    .map(({ 0: part, index }) => {
      const from = start + index + part.length - part.trimStart().length;
      return { start: from, end: from + part.trim().length };
    });
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined || first === last) return [{ start, end }];
  // White space at the edges of the mention belongs to it unless a line ends there.
  if (!hasLineEnd(text.slice(start, first.start))) first.start = start;
  if (!hasLineEnd(text.slice(last.end, end))) last.end = end;
  return parts;
}

function hasLineEnd(text: string): boolean {
  return text.replace(lineParts, '') !== '';
}
