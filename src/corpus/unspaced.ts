/** Words of one or two characters. */
const ideographs = String.raw`[[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]&&[\p{L}\p{N}]]`;
/** Words of some four letters, vowels and tones written above and below them (marks) not counted. */
const syllabic = String.raw`[[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]&&\p{L}]`;

/** A letter of a script without word blanks, as the source of a pattern with the flag `v`. */
export const unspacedLetter = `[${ideographs}${syllabic}]`;

const isIdeograph = new RegExp(ideographs, 'v');
const isSyllabic = new RegExp(syllabic, 'v');
const pieces = new RegExp(
  `(${ideographs})|(${syllabic})|[[\\p{L}\\p{N}]--${ideographs}--${syllabic}]+`,
  'gv',
);

const words = /[\p{L}\p{N}]+/gu;

/** The first code of any of these scripts. */
export const firstUnspaced = 0x0e00;

/** Parts that make a word: 13 words are 20 characters of Chinese or Japanese, 39 letters of Thai. */
export const partsOfWord = 6;
const partsOfIdeograph = 4;
const partsOfSyllabic = 2;

/** A word, or a character of a script without word blanks. */
interface Piece {
  readonly text: string;
  /** UTF-16 offset. */
  readonly start: number;
  /** How much of a word it is, in parts. */
  readonly parts: number;
}

/**
 * The words of a text (runs of letters and digits), and the letters of scripts that are written without blanks
 * between words (Han, Hiragana, Katakana, Thai, Lao, Khmer, Burmese) one by one.
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

/** Words of a text; of scripts without word blanks as many as their characters make, with a fraction. */
export function wordCount(text: string): number {
  let parts = 0;
  for (const piece of wordPieces(text)) parts += piece.parts;
  return parts / partsOfWord;
}

/** Whether a text has letters of a script without word blanks. */
export function hasUnspaced(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) >= firstUnspaced) return isIdeograph.test(text) || isSyllabic.test(text);
  }
  return false;
}

/** Of which kind of script without word blanks a character is. */
export function unspacedKind(character: string): 'ideograph' | 'syllabic' | undefined {
  if (isIdeograph.test(character)) return 'ideograph';
  return isSyllabic.test(character) ? 'syllabic' : undefined;
}
