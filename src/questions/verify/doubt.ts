import type { TextRange } from '../../corpus/document.ts';
import type { TaggedText } from '../../corpus/tagged/inlineTags.ts';

/** A reason to look at a text's labels once more. */
export interface Doubt {
  /** In a sentence's words, with the name in question; for the language model and for people. */
  readonly reason: string;
  /** In [0, 1]: how much speaks against the label as it is. */
  readonly strength: number;
  /** What it is about; UTF-16 offsets of the text. */
  readonly range: TextRange;
}

/** A text with what is doubtful in it. */
export interface DoubtfulText<T extends TaggedText = TaggedText> {
  readonly text: T;
  /** The strongest first. */
  readonly doubts: readonly Doubt[];
}

/** Texts with doubts, those with most of them first. `doubts` has a list for each text. */
export function rankDoubtful<T extends TaggedText>(
  texts: readonly T[],
  doubts: readonly (readonly Doubt[])[],
): readonly DoubtfulText<T>[] {
  const weight = (own: readonly Doubt[]): number => own.reduce((sum, { strength }) => sum + strength, 0);
  return texts
    .flatMap((text, index) => {
      const own = (doubts[index] ?? []).toSorted((a, b) => b.strength - a.strength);
      return own.length === 0 ? [] : [{ text, doubts: own, weight: weight(own) }];
    })
    .sort((a, b) => b.weight - a.weight)
    .map(({ text, doubts: own }) => ({ text, doubts: own }));
}
