/** Scripts whose words have one or two characters. */
const ideographs = String.raw`[[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]&&[\p{L}\p{N}]]`;
/** Scripts whose words have about four letters, not counting marks (vowels and tones above and below them). */
const syllabic = String.raw`[[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]&&\p{L}]`;

/** A letter of a script without spaces between words, as the source of a pattern with the flag `v`. */
export const unspacedLetter = `[${ideographs}${syllabic}]`;

const isIdeograph = new RegExp(ideographs, 'v');
const isSyllabic = new RegExp(syllabic, 'v');
const pieces = new RegExp(
  `(${ideographs})|(${syllabic})|[[\\p{L}\\p{N}]--${ideographs}--${syllabic}]+`,
  'gv',
);

const words = /[\p{L}\p{N}]+/gu;

/** The lowest code of these scripts. */
export const firstUnspaced = 0x0e00;

/**
 * How many parts a word has, so that 13 words are as much as 20 characters in Chinese or Japanese, or 39 letters in
 * Thai.
 */
export const partsOfWord = 6;
const partsOfIdeograph = 4;
const partsOfSyllabic = 2;

/** A word, or a character of a script without spaces between words. */
interface Piece {
  readonly text: string;
  /** UTF-16 offset. */
  readonly start: number;
  /** How much of a word it counts as, in parts. */
  readonly parts: number;
}

/**
 * The words of a text (runs of letters and digits), but single letters in scripts without spaces between words (Han,
 * Hiragana, Katakana, Thai, Lao, Khmer, Burmese).
 */
export function* wordPieces(text: string): Generator<Piece> {
  if (!hasUnspaced(text)) {
    for (const { 0: word, index } of text.matchAll(words)) {
      yield { text: word, start: index, parts: partsOfWord };
    }
    return;
  }
  for (const { 0: piece, 1: ideograph, 2: letter, index } of text.matchAll(pieces)) {
    const parts =
      ideograph !== undefined ? partsOfIdeograph : letter !== undefined ? partsOfSyllabic : partsOfWord;
    yield { text: piece, start: index, parts };
  }
}

/** The number of words in a text. Characters in scripts without spaces between words count as fractions of a word. */
export function wordCount(text: string): number {
  let parts = 0;
  for (const piece of wordPieces(text)) parts += piece.parts;
  return parts / partsOfWord;
}

/** Whether a text has letters of a script without spaces between words. */
export function hasUnspaced(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) >= firstUnspaced) return isIdeograph.test(text) || isSyllabic.test(text);
  }
  return false;
}

/** The kind of a character in a script without spaces between words; undefined for any other. */
export function unspacedKind(character: string): 'ideograph' | 'syllabic' | undefined {
  if (isIdeograph.test(character)) return 'ideograph';
  return isSyllabic.test(character) ? 'syllabic' : undefined;
}
