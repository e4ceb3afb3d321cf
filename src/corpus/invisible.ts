import type { TextRange } from './document.ts';

/**
 * White space, and characters that look like it but that Unicode counts as letters, symbols or controls. JavaScript's
 * `\s` also has the byte order mark, which has no width.
 */
const blanks = String.raw`[[\s\u0085\u2800\u3164\uffa0]--\ufeff]`;

/**
 * A character that is not seen and does not separate words: a soft hyphen, a zero-width space or joiner, a byte order
 * mark, a mark of writing direction, a control character. As the source of a pattern with the flag `v`.
 */
export const invisible = String.raw`[[\p{Cf}\p{Cc}\p{DI}]--[\p{M}${blanks}]]`;

/** A character that a word can begin with: neither blank nor invisible, nor a non-spacing mark without its letter. */
export const visible = String.raw`[^${blanks}\p{Cf}\p{Cc}\p{DI}\p{Mn}]`;

/** Private characters, halves of characters and U+FFFD are seen, but BERT's tokenizers remove them too. */
const readable = new RegExp(String.raw`[${visible}--[\p{Co}\p{Cs}\ufffd]]`, 'v');
const beginning = new RegExp(visible, 'v');
const ending = new RegExp(String.raw`[${visible}\p{M}]`, 'v');

/** Whether a word has a character that a model can read. A mention never consists of other characters only. */
export function isReadable(word: string): boolean {
  return readable.test(word);
}

/** A range without the blank and invisible characters at its ends; undefined if nothing is left. */
export function visibleRange(text: string, { start, end }: TextRange): TextRange | undefined {
  const characters = Array.from(text.slice(start, end));
  const first = characters.findIndex((character) => beginning.test(character));
  if (first === -1) return undefined;
  const last = characters.findLastIndex((character) => ending.test(character));
  return {
    start: start + characters.slice(0, first).join('').length,
    end: end - characters.slice(last + 1).join('').length,
  };
}
