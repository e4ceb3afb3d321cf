import { firstUnspaced, unspacedKind, wordCount } from '../unspaced.ts';

/**
 * A letter or digit of a script that separates all words. Korean, Arabic and Hebrew attach particles to names, and
 * others have no spaces between words.
 */
export const wordUnit = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u;

const letterOrDigit = /[\p{L}\p{N}]/u;
const mark = /\p{M}/u;
const katakana = /[\p{scx=Katakana}]/u;

/**
 * In scripts without spaces between words, shorter names occur inside too many other words to search for them as
 * characters.
 */
const sureWords = 2;

/**
 * Whether a name may begin or end at a position in a text: not between letters or digits of one word. In scripts without
 * spaces between words, every position between characters may be an edge.
 */
export function isWordEdge(text: string, at: number): boolean {
  if (isBetweenWords(text.charCodeAt(at - 1)) || isBetweenWords(text.charCodeAt(at))) return true;
  const before = text[at - 1] ?? '';
  const after = text[at] ?? '';
  if (!isInWord(before) || !isInWord(after)) return true;
  if (mark.test(after) || (before.charCodeAt(0) < firstUnspaced && after.charCodeAt(0) < firstUnspaced)) {
    return false;
  }
  return unspacedKind(baseBefore(text, at)) !== undefined || unspacedKind(after) !== undefined;
}

/**
 * The same for a particular name. If it is short and in a script without spaces between words (two characters in
 * Chinese, five in Thai), or surrounded by Katakana, it may only begin and end at word boundaries of ICU's dictionary.
 */
export function isNameEdge(text: string, at: number, name: string): boolean {
  if (isBetweenWords(text.charCodeAt(at - 1)) || isBetweenWords(text.charCodeAt(at))) return true;
  const before = text[at - 1] ?? '';
  const after = text[at] ?? '';
  if (!isInWord(before) || !isInWord(after)) return true;
  if (!isWordEdge(text, at)) return false;
  const isDoubtful = (katakana.test(before) && katakana.test(after)) || wordCount(name) < sureWords;
  return !isDoubtful || dictionaryEdges(text).has(at);
}

/** Whether a UTF-16 unit is ASCII but not a letter or digit, or NaN (the end of the text). */
export function isBetweenWords(code: number): boolean {
  return Number.isNaN(code) || (code < 0x80 && !isAlphanumeric(code));
}

export function isAlphanumeric(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
}

function isInWord(character: string): boolean {
  return letterOrDigit.test(character) || mark.test(character);
}

/** The letter before a position, skipping its marks. */
function baseBefore(text: string, at: number): string {
  let index = at - 1;
  while (index > 0 && mark.test(text[index] ?? '')) index--;
  return text[index] ?? '';
}

let segmenter: Intl.Segmenter | undefined;
/** A cache: the edges in the last text. */
let latest: { readonly text: string; readonly edges: ReadonlySet<number> } | undefined;

function dictionaryEdges(text: string): ReadonlySet<number> {
  if (latest?.text === text) return latest.edges;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  latest = { text, edges: new Set(Array.from(segmenter.segment(text), ({ index }) => index)) };
  return latest.edges;
}
