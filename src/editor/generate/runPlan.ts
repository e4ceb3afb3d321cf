import path from 'node:path';
import { UserError } from '../../foundation/userError.ts';
import type { Project } from '../../project/project.ts';
import type { RunDescription } from '../../runs/serviceRun.ts';
import type { TopicSource } from '../../generation/topics/chosenTopics.ts';
import type { PlanOptions } from '../../generation/plan/planRun.ts';

/** What a run was begun for. */
export type BegunRun = RunDescription &
  Required<Pick<RunDescription, 'task' | 'provider' | 'seed' | 'count'>>;

/** Throws `UserError` when no run is in `folder`. */
export async function begunRun(folder: string): Promise<BegunRun> {
  const { readRunDescription } = await import('../../runs/serviceRun.ts');
  const description = await readRunDescription(folder);
  const { task, provider, seed, count } = description;
  if (task !== undefined && provider !== undefined && seed !== undefined && count !== undefined) {
    return { ...description, task, provider, seed, count };
  }
  throw new UserError('This file does not say how the run was begun.', {
    place: { file: path.join(folder, 'run.json') },
    nextStep: 'Start a new run.',
  });
}

/** The plan of a run, with the names that it was begun with as far as they can be found again. */
export async function planOfRun(
  { task, seed, settings, relations }: BegunRun,
  {
    project,
    count,
    resources,
  }: { readonly project: Project; readonly count: number; readonly resources: string },
): Promise<{ readonly plan: PlanOptions; readonly topicSource: TopicSource }> {
  const [{ withTopicsFrom }, { settingsDigest }, { planRun }] = await Promise.all([
    import('../../generation/topics/chosenTopics.ts'),
    import('../../generation/run/describeRun.ts'),
    import('../../generation/plan/planRun.ts'),
  ]);
  // A run that names no relations is about the first.
  const about = relations ?? project.relationTypes.slice(0, 1).map(({ name }) => name);
  const plan: PlanOptions = { task, project, count, seed, ...(task === 're' ? { relations: about } : {}) };
  // Its names came from wherever they give the settings that it was begun with.
  const fromLexicon = await withTopicsFrom(plan, 'lexicon', resources);
  return settingsDigest(planRun(fromLexicon)) === settings
    ? { plan: fromLexicon, topicSource: 'lexicon' }
    : { plan, topicSource: 'project' };
}
