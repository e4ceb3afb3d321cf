/**
 * How a run plans its requests. A run keeps the version that it was begun with, so that it can be resumed.
 *
 * 1: a request offers one topic for each text, and the bundled lexicon has all its names.
 * 2: a request offers more topics than texts, so that a model can leave out those that do not suit the style; the types of
 *    topics from the lexicon take turns to the end; the lexicon is without names that texts of today do not use, and
 *    without lists that do not fit the types of the project.
 */
export type PlanVersion = 1 | 2;

/** The version of new runs. */
export const planVersion: PlanVersion = 2;

/** The version of the run that a run.json describes. Earlier versions did not write it. */
export function planVersionOf(description: { readonly plan?: number | undefined } | undefined): PlanVersion {
  if (description === undefined) return planVersion;
  return description.plan === 2 ? 2 : 1;
}
