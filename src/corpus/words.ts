import type { TextRange } from './document.ts';
import { hasUnspaced, unspacedLetter } from './unspaced.ts';

const number = String.raw`\d+(?:[.,]\d+)+`;
/** Any single character with what modifies it; an emoji joined with others counts as one. */
const other = String.raw`\S[\p{M}\p{Emoji_Modifier}]*(?:\u200d\S[\p{M}\p{Emoji_Modifier}]*)*`;

/** A number with its decimal or thousands marks, a run of letters and digits with their marks, or else a character. */
const word = new RegExp(String.raw`${number}|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*|${other}`, 'gv');

/** The same, but that letters of scripts without word blanks stand alone: a mention may begin at any of them. */
const wordOrLetter = new RegExp(
  String.raw`${number}|${unspacedLetter}\p{M}*|[[\p{L}\p{N}]--${unspacedLetter}][[\p{L}\p{N}\p{M}]--${unspacedLetter}]*|${other}`,
  'gv',
);

/**
 * The words of `text`, or of a part of it, in order. Hyphens, slashes and punctuation stand alone, as in the
 * MTL release of NCBI-disease and BC5CDR; unlike there, 3.5 and 1,000 stay whole.
 * Scripts that are written without blanks between words (Chinese, Japanese, Thai ...) give a word for each letter.
 */
export function splitWords(text: string, range?: TextRange): TextRange[] {
  const start = range?.start ?? 0;
  const part = range === undefined ? text : text.slice(range.start, range.end);
  const words: TextRange[] = [];
  for (const match of part.matchAll(hasUnspaced(part) ? wordOrLetter : word)) {
    words.push({ start: start + match.index, end: start + match.index + match[0].length });
  }
  return words;
}
