import type { TextRange } from './document.ts';

/**
 * A number with its decimal or thousands marks, a run of letters and digits with their combining marks, or
 * any other single character (an emoji joined with others counts as one).
 */
const word =
  /\d+(?:[.,]\d+)+|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*|\S[\p{M}\p{Emoji_Modifier}]*(?:\u200d\S[\p{M}\p{Emoji_Modifier}]*)*/gu;

/**
 * The words of `text`, or of a part of it, in order. Hyphens, slashes and punctuation stand alone, as in the
 * MTL release of NCBI-disease and BC5CDR; unlike there, 3.5 and 1,000 stay whole.
 */
export function splitWords(text: string, range?: TextRange): TextRange[] {
  const start = range?.start ?? 0;
  const part = range === undefined ? text : text.slice(range.start, range.end);
  const words: TextRange[] = [];
  for (const match of part.matchAll(word)) {
    words.push({ start: start + match.index, end: start + match.index + match[0].length });
  }
  return words;
}
