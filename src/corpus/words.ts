import type { TextRange } from './document.ts';
import { hasUnspaced, unspacedLetter } from './unspaced.ts';

const number = String.raw`\d+(?:[.,]\d+)+`;
/** Any single character with its modifiers; joined emoji count as one character. */
const other = String.raw`\S[\p{M}\p{Emoji_Modifier}]*(?:\u200d\S[\p{M}\p{Emoji_Modifier}]*)*`;

/** A number with decimal or thousands separators, a run of letters and digits with their marks, or another character. */
const word = new RegExp(String.raw`${number}|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*|${other}`, 'gv');

/** The same, but each letter in a script without spaces between words is a word: a mention may begin at any of them. */
const wordOrLetter = new RegExp(
  String.raw`${number}|${unspacedLetter}\p{M}*|[[\p{L}\p{N}]--${unspacedLetter}][[\p{L}\p{N}\p{M}]--${unspacedLetter}]*|${other}`,
  'gv',
);

/**
 * The words of `text`, or of a part of it, in order. Hyphens, slashes and punctuation marks are words of their own, as in
 * the MTL release of NCBI-disease and BC5CDR, but unlike there, 3.5 and 1,000 are not split. In scripts without spaces
 * between words (Chinese, Japanese, Thai ...), each letter is a word.
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
