import type { TextRange } from '../../corpus/document.ts';
import type { TaggedText } from '../../corpus/tagged/inlineTags.ts';

/** A reason to check the labels of a text again. */
export interface Doubt {
  /** In words, with the name in question; for the language model and for people. */
  readonly reason: string;
  /** In [0, 1]: how much there is against the label. */
  readonly strength: number;
  /** What it is about; UTF-16 offsets of the text. */
  readonly range: TextRange;
}

/** A text and what is in doubt in it. */
export interface DoubtfulText<T extends TaggedText = TaggedText> {
  readonly text: T;
  /** The strongest first. */
  readonly doubts: readonly Doubt[];
}

/** The texts that have doubts, those with most doubts first. `doubts` has a list for each text. */
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
