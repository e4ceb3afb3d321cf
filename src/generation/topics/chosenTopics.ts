import type { Project } from '../../project/project.ts';
import { labelsFor, topicsFor } from '../plan/planRequest.ts';
import { planVersion } from '../plan/planVersion.ts';
import { type PlanOptions, planRun } from '../plan/planRun.ts';
import { lexiconTopics, type LexiconWish, loadLexicon } from './lexicon.ts';

/** Where the topics of a run come from: chartmark.json, or the shipped lexicon. */
export type TopicSource = 'project' | 'lexicon';

/**
 * A plan with topics from its source. From the lexicon it has all of them, whatever the count, so that the run can be
 * resumed for more texts. `resources` is the folder of the package. Throws `UserError`.
 */
export async function withTopicsFrom<P extends PlanOptions>(
  plan: P,
  source: TopicSource,
  resources: string,
): Promise<P> {
  if (source === 'project') return plan;
  const { project, seed, version = planVersion } = plan;
  const wanted = { types: labelsFor(planRun(plan)), count: Infinity, seed, version };
  const topics = lexiconTopics(project, await loadLexicon(resources), wanted);
  return { ...plan, topics, isFromLexicon: true };
}

/** For which types of a plan the shipped lexicon has topics, and for which not. Throws `UserError`. */
export async function typesInLexicon(
  plan: PlanOptions,
  resources: string,
): Promise<{ readonly known: readonly string[]; readonly unknown: readonly string[] }> {
  const types = labelsFor(planRun(plan));
  const topics = await topicsFromLexicon(plan.project, { types, count: 1, seed: plan.seed }, resources);
  const isKnown = (type: string): boolean => Object.hasOwn(topics, type) && topics[type]?.length === 1;
  return { known: types.filter(isKnown), unknown: types.filter((type) => !isKnown(type)) };
}

/**
 * What a person should know before a language model chooses the topics itself although the lexicon has some; undefined
 * if that is not so. Throws `UserError`.
 */
export async function topicsAdvice(plan: PlanOptions, resources: string): Promise<string | undefined> {
  if (topicsFor(planRun(plan)).length > 0) return undefined;
  const { known } = await typesInLexicon(plan, resources);
  if (known.length === 0) return undefined;
  return (
    'chartmark.json lists no "topics": left to itself, a model writes about the same few well-known ones. ' +
    `The shipped lexicon has topics for ${known.join(', ')}.`
  );
}

/** `count` topics of each type from the shipped lexicon, whatever the project lists. Throws `UserError`. */
export async function topicsFromLexicon(
  project: Project,
  { types, ...wanted }: LexiconWish,
  resources: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const lexicon = await loadLexicon(resources);
  const withoutOwn = { ...project, topics: {} };
  return Object.fromEntries(
    types.map((type) => [
      type,
      lexiconTopics(withoutOwn, lexicon, { types: [type], ...wanted }).map(({ name }) => name),
    ]),
  );
}
