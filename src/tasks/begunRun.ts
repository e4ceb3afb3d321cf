import { planRun } from '../generation/plan/planRun.ts';
import { planVersionOf } from '../generation/plan/planVersion.ts';
import { settingsDigest } from '../generation/run/describeRun.ts';
import type { Project } from '../project/project.ts';
import type { GenerationDescription } from '../runs/runDescription.ts';
import { planOptionsOf, type TextWish } from './generate.ts';

/** The wish of an existing run, with a total of `count` texts and, if possible, its original topics. Throws `UserError`. */
export async function wishOfRun(
  { task, seed, settings, relations, plan }: GenerationDescription,
  {
    project,
    count,
    resources,
  }: { readonly project: Project; readonly count: number; readonly resources: string },
): Promise<TextWish> {
  // A run that names no relations is about the first one of the project.
  const about = (relations ?? project.relationTypes.slice(0, 1)).map(({ name }) => name);
  const wish = { task, count, seed, ...(task === 're' ? { relations: about } : {}) };
  // The right source of topics is the one that gives the same digest of settings.
  const fromLexicon = await planOptionsOf({
    ...wish,
    topicSource: 'lexicon',
    project,
    resources,
    version: planVersionOf({ plan }),
  });
  const isFromLexicon = settingsDigest(planRun(fromLexicon)) === settings;
  return { ...wish, topicSource: isFromLexicon ? 'lexicon' : 'project' };
}
