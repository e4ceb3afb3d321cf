/** Statistics of the accepted texts of a run. */
export interface ReviewStatistics {
  readonly texts: number;
  /** Words per text: minimum, quartiles and maximum. */
  readonly words: readonly [number, number, number, number, number];
  /** Number of texts by length, in bars of `width` words each; the first begins at 0 words. */
  readonly lengths: { readonly width: number; readonly counts: readonly number[] };
  readonly labels: readonly {
    readonly label: string;
    readonly mentions: number;
    /** The number of different mentions, ignoring case. */
    readonly names: number;
    readonly texts: number;
  }[];
  readonly withoutMentions: number;
  /** The share of three-word sequences that are in only one text, in [0, 1]. */
  readonly novelRuns: number;
  /** Texts that share 70 % of their three-word sequences with an earlier text. */
  readonly nearDuplicates: number;
}
