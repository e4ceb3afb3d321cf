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

/** F1 in [0, 1] by part: of all of it, and without what settings were chosen on. */
export interface Scores {
  /** Trained on, the split-off dev part included. */
  readonly texts: number;
  readonly parts: Readonly<Record<string, { readonly whole: number; readonly rest: number }>>;
}
