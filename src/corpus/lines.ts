import type { TextRange } from './document.ts';

/** A line of a text, without its line end; `next` is where the next line begins. */
export interface LineRange extends TextRange {
  readonly next: number;
}

/**
 * The lines of a text, ended by LF, CRLF or CR, in any mixture. A byte order mark is not part of the first line. There
 * is no line after the last line end, so `''` has no lines and `'a\n'` has one.
 */
export function* linesOf(source: string): Generator<LineRange> {
  let start = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  let lineFeed = nextIndex(source, '\n', start);
  let carriageReturn = nextIndex(source, '\r', start);
  while (start < source.length) {
    if (lineFeed < start) lineFeed = nextIndex(source, '\n', start);
    if (carriageReturn < start) carriageReturn = nextIndex(source, '\r', start);
    const end = Math.min(lineFeed, carriageReturn);
    const next = end + (carriageReturn + 1 === lineFeed ? 2 : 1);
    yield { start, end, next: Math.min(next, source.length) };
    start = next;
  }
}

/** The texts of `linesOf`. */
export function* lineTexts(source: string): Generator<string> {
  for (const { start, end } of linesOf(source)) yield source.slice(start, end);
}

function nextIndex(source: string, text: string, from: number): number {
  const index = source.indexOf(text, from);
  return index === -1 ? source.length : index;
}
