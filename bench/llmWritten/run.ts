/** A training of the bench. */
export interface Run {
  /** Folder with the LLM-written texts and the corpora. */
  readonly data: string;
  /** Of the training texts, in (0, 1]. */
  readonly share: number;
  readonly seed: number;
  readonly base: string;
  /** Model folder to write. */
  readonly out: string;
}

/** F1 in [0, 1] on a dev part. */
export interface PartScores {
  readonly whole: number;
  /** Without what settings were chosen on. */
  readonly rest: number;
  /** On the whole, each sentence by itself: short forms without regard to their definitions. */
  readonly plain?: number;
  /** Of calling every pair related, on the whole. */
  readonly floor?: number;
}

export interface Scores {
  /** Trained on, the split-off dev part included. */
  readonly texts: number;
  readonly parts: Readonly<Record<string, PartScores>>;
}
