import { loadLexicon } from './lexicon.ts';
import { labelsFor } from './plan.ts';
import { type PlanOptions, planRun } from './planRun.ts';
import { lexiconSeeds } from './seeds.ts';

/** Whose names a run writes about: those of chartmark.json, or of the shipped lexicon. */
export type NameSource = 'project' | 'lexicon';

/**
 * A plan with names of its source: of the lexicon all, whatever the count, so that a run can be gone on with for more
 * texts. `resources`: the shipped files. Throws `UserError`.
 */
export async function withChosenNames<P extends PlanOptions>(
  plan: P,
  source: NameSource,
  resources: string,
): Promise<P> {
  if (source === 'project') return plan;
  const { project, seed } = plan;
  const wanted = { types: labelsFor(planRun(plan)), count: Infinity, seed };
  return { ...plan, names: lexiconSeeds(project, await loadLexicon(resources), wanted) };
}

/** Which of the types of a plan the shipped lexicon has names for, and which not. Throws `UserError`. */
export async function typesInLexicon(
  plan: PlanOptions,
  resources: string,
): Promise<{ readonly known: readonly string[]; readonly unknown: readonly string[] }> {
  const lexicon = await loadLexicon(resources);
  const project = { ...plan.project, seeds: {} };
  const types = labelsFor(planRun(plan));
  const known = types.filter(
    (type) => lexiconSeeds(project, lexicon, { types: [type], count: 1, seed: plan.seed }).length > 0,
  );
  return { known, unknown: types.filter((type) => !known.includes(type)) };
}
