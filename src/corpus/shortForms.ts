import type { TextRange } from './document.ts';

/** A definition of a short form, as word ranges, end exclusive. */
export interface ShortFormDefinition {
  readonly long: TextRange;
  readonly short: TextRange;
}

const opening = new Set(['(', '[']);
const closing = new Set([')', ']', ',', ';']);

/** The most words and characters that a short form may have. */
const mostWords = 5;
const mostCharacters = 10;

/**
 * The definitions "long form (LF)" in a sentence, by the algorithm of Schwartz and Hearst, "A simple algorithm
 * for identifying abbreviation definitions in biomedical text" (PSB 2003).
 */
export function shortFormDefinitions(words: readonly string[]): ShortFormDefinition[] {
  return words.flatMap((word, bracket) => {
    if (!opening.has(word)) return [];
    const end = words.findIndex((other, place) => place > bracket && closing.has(other));
    if (end === -1 || end - bracket > mostWords + 1) return [];
    const short = words.slice(bracket + 1, end).join('');
    if (!isShortForm(short)) return [];
    const start = longFormStart(words, bracket, short);
    return start === undefined ? [] : [{ long: { start, end: bracket }, short: { start: bracket + 1, end } }];
  });
}

function isShortForm(short: string): boolean {
  return (
    short.length >= 2 &&
    short.length <= mostCharacters &&
    /^[\p{L}\p{N}]/u.test(short) &&
    /\p{Lu}/u.test(short)
  );
}

/** The first word of the shortest range before the bracket that contains the characters of the short form in order. */
function longFormStart(words: readonly string[], bracket: number, short: string): number | undefined {
  const characters = short.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  // Two words more than the paper allows, because hyphens count as words here.
  const most = Math.min(characters.length + 5, 2 * characters.length) + 2;
  let left = characters.length;
  for (let place = bracket - 1; place >= Math.max(0, bracket - most); place--) {
    const word = (words[place] as string).toLowerCase();
    for (let at = word.length - 1; at >= 0; at--) {
      // The first character of the short form must begin a word of the long one.
      if (word[at] === characters[left - 1] && (left > 1 || at === 0)) left--;
      if (left === 0) return word === short.toLowerCase() ? undefined : place;
    }
  }
  return undefined;
}
