import { lexiconTopics } from './lexiconTopics.ts';
import type { Project } from '../../project/project.ts';
import { loadLexicon } from './lexicon.ts';
import { labelsFor, topicsFor } from '../plan/planRequest.ts';
import { type PlanOptions, planRun } from '../plan/planRun.ts';

/** Whose names a run writes about: those of chartmark.json, or of the shipped lexicon. */
export type TopicSource = 'project' | 'lexicon';

/**
 * A plan with names of its source: of the lexicon all, whatever the count, so that a run can be gone on with for more
 * texts. `resources`: the shipped files. Throws `UserError`.
 */
export async function withTopicsFrom<P extends PlanOptions>(
  plan: P,
  source: TopicSource,
  resources: string,
): Promise<P> {
  if (source === 'project') return plan;
  const { project, seed } = plan;
  const wanted = { types: labelsFor(planRun(plan)), count: Infinity, seed };
  return { ...plan, topics: lexiconTopics(project, await loadLexicon(resources), wanted) };
}

/** Which of the types of a plan the shipped lexicon has names for, and which not. Throws `UserError`. */
export async function typesInLexicon(
  plan: PlanOptions,
  resources: string,
): Promise<{ readonly known: readonly string[]; readonly unknown: readonly string[] }> {
  const types = labelsFor(planRun(plan));
  const names = await lexiconNames(plan.project, { types, count: 1, seed: plan.seed }, resources);
  const isKnown = (type: string): boolean => names[type]?.length === 1;
  return { known: types.filter(isKnown), unknown: types.filter((type) => !isKnown(type)) };
}

/**
 * What to tell before a language model is left to choose the names itself though the lexicon has some; nothing
 * where it is not. Throws `UserError`.
 */
export async function topicsAdvice(plan: PlanOptions, resources: string): Promise<string | undefined> {
  if (topicsFor(planRun(plan)).length > 0) return undefined;
  const { known } = await typesInLexicon(plan, resources);
  if (known.length === 0) return undefined;
  return (
    'No names to write about are listed under "topics" in chartmark.json: left to itself, a model writes about the same few ' +
    `famous ones. --names lexicon gives it those of the shipped lexicon (${known.join(', ')}).`
  );
}

/** `count` names of each type from the shipped lexicon, whatever the project lists. Throws `UserError`. */
export async function lexiconNames(
  project: Project,
  {
    types,
    count,
    seed,
  }: { readonly types: readonly string[]; readonly count: number; readonly seed: number },
  resources: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const lexicon = await loadLexicon(resources);
  const noneOfOwn = { ...project, topics: {} };
  return Object.fromEntries(
    types.map((type) => [
      type,
      lexiconTopics(noneOfOwn, lexicon, { types: [type], count, seed }).map(({ name }) => name),
    ]),
  );
}
