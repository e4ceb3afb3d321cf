import { cached } from './wordEncoder.ts';

/** Settings of Hugging Face's `BertNormalizer`. */
export interface BertNormalizerOptions {
  /** Remove control characters, and replace white space by spaces. */
  readonly cleanText: boolean;
  /** Put spaces around CJK ideographs, so that each is a word. */
  readonly handleChineseChars: boolean;
  /** Decompose (NFD) and remove non-spacing marks. */
  readonly stripAccents: boolean;
  readonly lowercase: boolean;
}

/** Normalised text; its UTF-16 unit `i` comes from `[starts[i], ends[i])` of the original. */
export interface NormalizedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const asciiWithoutControls = /^[\t\n\r -~]*$/;
const control = /^[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]$/u;
const whiteSpace = /^\p{White_Space}$/u;
const nonSpacingMarks = /\p{Mn}/gu;

/**
 * Hugging Face's `BertNormalizer` (tokenizers, src/normalizers/bert.rs) with exact offsets. Its steps are in the order
 * of the options above and work on single characters.
 *
 * A comparison over all code points shows two differences. The original uses the tables of Unicode 8, so it keeps some
 * marks, format characters and punctuation of rare scripts that were added later and are removed or split off here. It
 * also puts the marks of a letter into canonical order, which clinical text does not need.
 */
export function bertNormalizer(options: BertNormalizerOptions): (text: string) => NormalizedText {
  const normalized = cached((character) => normalizeCharacter(character, options));
  return (text) => {
    if (asciiWithoutControls.test(text)) return normalizeAscii(text, options);
    const starts: number[] = [];
    const ends: number[] = [];
    let result = '';
    let position = 0;
    for (const character of text) {
      const part = normalized(character);
      for (let i = 0; i < part.length; i++) {
        starts.push(position);
        ends.push(position + character.length);
      }
      result += part;
      position += character.length;
    }
    return { text: result, starts, ends };
  };
}

/** The common case, in which the length does not change. */
function normalizeAscii(text: string, { lowercase }: BertNormalizerOptions): NormalizedText {
  const starts = Array.from({ length: text.length }, (_, i) => i);
  return { text: lowercase ? text.toLowerCase() : text, starts, ends: starts.map((start) => start + 1) };
}

function normalizeCharacter(character: string, options: BertNormalizerOptions): string {
  let result = character;
  if (options.cleanText) {
    if (control.test(character) && !'\t\n\r'.includes(character)) return '';
    if (whiteSpace.test(character)) result = ' ';
  }
  const ideograph = options.handleChineseChars && isIdeograph(character.codePointAt(0) as number);
  if (options.stripAccents) result = result.normalize('NFD').replace(nonSpacingMarks, '');
  if (options.lowercase) result = Array.from(result, (c) => c.toLowerCase()).join('');
  return ideograph ? ` ${result} ` : result;
}

/** The blocks that BERT splits, with the gap (2B820 to 2B91F) that Hugging Face's list has. */
function isIdeograph(codePoint: number): boolean {
  return (
    (codePoint >= 0x4e00 && codePoint <= 0x9fff) ||
    (codePoint >= 0x3400 && codePoint <= 0x4dbf) ||
    (codePoint >= 0x20000 && codePoint <= 0x2a6df) ||
    (codePoint >= 0x2a700 && codePoint <= 0x2b81f) ||
    (codePoint >= 0x2b920 && codePoint <= 0x2ceaf) ||
    (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
    (codePoint >= 0x2f800 && codePoint <= 0x2fa1f)
  );
}
