import type { Trial } from './tryTemplate.ts';

/** A template and how it did. */
export interface Candidate {
  /** 0 is the template that the round's others start from. */
  readonly number: number;
  readonly idea: string;
  /** Nothing where the model gave none that could be used. */
  readonly template?: string;
  readonly problem?: string;
  readonly trial?: Trial;
}

export interface Round {
  readonly round: number;
  /** The language model that was asked; absent in rounds of older versions. */
  readonly model?: string;
  readonly texts: number;
  readonly candidates: readonly Candidate[];
  /** What the search has cost so far, this round included; absent where no price is known. */
  readonly costUsd?: number;
}
