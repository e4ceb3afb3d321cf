/**
 * What is quickly known of a text and tells that most patterns cannot match: of a detector's patterns few are
 * tried on an ordinary sentence.
 */
export interface Hints {
  /** Digits in the text. */
  readonly digits: number;
  /** Of them: the most without anything in between. */
  readonly digitsInRow: number;
  /** A word with a capital other than the first one of the text. */
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
