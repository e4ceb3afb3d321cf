/**
 * Cheap facts about a text that rule out most patterns, so that only few of a detector's patterns are tried on an
 * ordinary sentence.
 */
export interface Hints {
  /** How many digits the text has. */
  readonly digits: number;
  /** The length of its longest run of digits. */
  readonly digitsInRow: number;
  /** Whether a word other than the first one is capitalised. */
  readonly innerCapital: boolean;
}

const innerCapital = /[\s(:]\p{Lu}/u;

export function hintsOf(text: string): Hints {
  let digits = 0;
  let row = 0;
  let digitsInRow = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x30 || code > 0x39) {
      row = 0;
    } else {
      digits++;
      row++;
      if (row > digitsInRow) digitsInRow = row;
    }
  }
  return { digits, digitsInRow, innerCapital: innerCapital.test(text) };
}
