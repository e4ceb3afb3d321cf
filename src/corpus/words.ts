import type { TextRange } from './document.ts';
import { invisible, visible } from './invisible.ts';
import { hasUnspaced, unspacedLetter } from './unspaced.ts';

const number = String.raw`\d+(?:${invisible}*[.,]${invisible}*\d+)+`;
const letter = String.raw`[[\p{L}\p{N}]&&${visible}]`;
const modifiers = String.raw`[\p{M}\p{Emoji_Modifier}]*`;
/** A flag such as that of Wales: the black flag and its name in tag characters. */
const flag = String.raw`\u{1f3f4}[\u{e0020}-\u{e007f}]+`;
/** Any single character with its modifiers; joined emoji count as one character. */
const other = String.raw`${flag}|${visible}${modifiers}(?:\u200d\p{ExtPict}${modifiers})*`;

/** A number with decimal or thousands separators, a run of letters and digits with their marks, or another character. */
const word = new RegExp(String.raw`${number}|${run(letter)}|${other}`, 'gv');

/** The same, but each letter in a script without spaces between words is a word: a mention may begin at any of them. */
const wordOrLetter = new RegExp(
  String.raw`${number}|${unspacedLetter}(?:${invisible}*\p{M})*|${run(`[${letter}--${unspacedLetter}]`)}|${other}`,
  'gv',
);

/** Letters with their marks. What cannot be seen between them, such as a soft hyphen, does not end the word. */
function run(ofLetter: string): string {
  return String.raw`${ofLetter}(?:${invisible}*[${ofLetter}\p{M}])*`;
}

/**
 * The words of `text`, or of a part of it, in order. Hyphens, slashes and punctuation marks are words of their own, as in
 * the MTL release of NCBI-disease and BC5CDR, but unlike there, 3.5 and 1,000 are not split. In scripts without spaces
 * between words (Chinese, Japanese, Thai ...), each letter is a word. Invisible characters at the ends of a word are not
 * part of it, and never a word of their own.
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
