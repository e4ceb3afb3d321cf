import path from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { planRun } from '../generation/plan/planRun.ts';
import { settingsDigest } from '../generation/run/describeRun.ts';
import { withTopicsFrom } from '../generation/topics/chosenTopics.ts';
import type { Project } from '../project/project.ts';
import { runFiles } from '../runs/runFiles.ts';
import { readRunDescription, type RunDescription } from '../runs/serviceRun.ts';
import type { TextWish } from './generate.ts';

/** What a run was begun for. */
export type BegunRun = RunDescription &
  Required<Pick<RunDescription, 'task' | 'provider' | 'seed' | 'count'>>;

/** Throws `UserError` if there is no run in `folder`, or if it does not say how it was begun. */
export async function readBegunRun(folder: string): Promise<BegunRun> {
  const description = await readRunDescription(folder);
  const { task, provider, seed, count } = description;
  if (task !== undefined && provider !== undefined && seed !== undefined && count !== undefined) {
    return { ...description, task, provider, seed, count };
  }
  throw new UserError('This file does not say how the run was begun.', {
    place: { file: path.join(folder, runFiles.run) },
    nextStep: 'Start a new run.',
  });
}

/**
 * What a run was begun to write, for `count` texts in all, with the topics that it was begun with if they can be found
 * again. Throws `UserError`.
 */
export async function wishOfRun(
  { task, seed, settings, relations }: BegunRun,
  {
    project,
    count,
    resources,
  }: { readonly project: Project; readonly count: number; readonly resources: string },
): Promise<TextWish> {
  // A run that names no relations is about the first one of the project.
  const about = relations ?? project.relationTypes.slice(0, 1).map(({ name }) => name);
  const wish = { task, count, seed, ...(task === 're' ? { relations: about } : {}) };
  // Its topics came from wherever they give the settings that it was begun with.
  const fromLexicon = await withTopicsFrom({ ...wish, project }, 'lexicon', resources);
  const isFromLexicon = settingsDigest(planRun(fromLexicon)) === settings;
  return { ...wish, topicSource: isFromLexicon ? 'lexicon' : 'project' };
}
