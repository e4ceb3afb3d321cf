import type { TextRange } from '../../corpus/document.ts';

/** A reason to check the labels of a text again. */
export interface Doubt {
  /** In words, with the name in question; for the language model and for people. */
  readonly reason: string;
  /** In [0, 1]: how much there is against the label. */
  readonly strength: number;
  /** What it is about; UTF-16 offsets of the text. */
  readonly range: TextRange;
}
