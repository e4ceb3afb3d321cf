/** What the accepted texts of a run are made of. */
export interface ReviewStatistics {
  readonly texts: number;
  /** Words of the shortest text, at the quartiles and of the longest. */
  readonly words: readonly [number, number, number, number, number];
  /** Texts of each stretch of lengths; stretches are equally wide, the first begins at 0 words. */
  readonly lengths: { readonly width: number; readonly counts: readonly number[] };
  readonly labels: readonly {
    readonly label: string;
    readonly mentions: number;
    /** Different ones, whatever the case. */
    readonly names: number;
    readonly texts: number;
  }[];
  readonly withoutMentions: number;
  /** Share of the runs of three words that stand in one text only, in [0, 1]. */
  readonly novelRuns: number;
  /** Texts that share 70 % of their runs of three words with one before them. */
  readonly nearDuplicates: number;
}
