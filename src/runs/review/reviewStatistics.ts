/** The accepted texts of a run in figures. */
export interface ReviewStatistics {
  readonly texts: number;
  /** Words of the shortest text, at the quartiles and of the longest. */
  readonly words: readonly [number, number, number, number, number];
  /** Number of texts by length, in bars of `width` words each; the first begins at 0 words. */
  readonly lengths: { readonly width: number; readonly counts: readonly number[] };
  readonly labels: readonly {
    readonly label: string;
    readonly mentions: number;
    /** Number of different ones, whatever the case. */
    readonly names: number;
    readonly texts: number;
  }[];
  readonly withoutMentions: number;
  /** Of the sequences of three words, the share that is in one text only, in [0, 1]. */
  readonly novelRuns: number;
  /** Texts that share 70 % of their sequences of three words with an earlier one. */
  readonly nearDuplicates: number;
}
