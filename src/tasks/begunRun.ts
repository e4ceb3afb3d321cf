import { planRun } from '../generation/plan/planRun.ts';
import { settingsDigest } from '../generation/run/describeRun.ts';
import type { Project } from '../project/project.ts';
import type { GenerationDescription } from '../runs/runDescription.ts';
import { planOptionsOf, type TextWish } from './generate.ts';

/**
 * What a run was begun to write, for `count` texts in all, with the topics that it was begun with if they can be found
 * again. Throws `UserError`.
 */
export async function wishOfRun(
  { task, seed, settings, relations }: GenerationDescription,
  {
    project,
    count,
    resources,
  }: { readonly project: Project; readonly count: number; readonly resources: string },
): Promise<TextWish> {
  // A run that names no relations is about the first one of the project.
  const about = (relations ?? project.relationTypes.slice(0, 1)).map(({ name }) => name);
  const wish = { task, count, seed, ...(task === 're' ? { relations: about } : {}) };
  // Its topics came from wherever they give the settings that it was begun with.
  const fromLexicon = await planOptionsOf({ ...wish, topicSource: 'lexicon', project, resources });
  const isFromLexicon = settingsDigest(planRun(fromLexicon)) === settings;
  return { ...wish, topicSource: isFromLexicon ? 'lexicon' : 'project' };
}
