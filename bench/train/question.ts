import type { Recipe } from '../recipe.ts';

/** Asks for a run on tagged sentences, or only its first step. */
export interface RunQuestion {
  readonly task: 'ner';
  readonly base: string;
  readonly out: string;
  readonly train: readonly { readonly words: readonly string[]; readonly tags: readonly string[] }[];
  readonly dev: readonly [];
  readonly labels: readonly string[];
  readonly recipe: Recipe;
  readonly seed: number;
  readonly threads: number;
  /** Order of the peer's batches: its own default. */
  readonly sampling: 'random';
}
