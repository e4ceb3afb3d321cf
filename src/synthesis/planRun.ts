import { UserError } from '../foundation/userError.ts';
import type { Project, RelationType } from '../project/project.ts';
import type { RunPlan } from './plan.ts';
import type { Seed } from './provider.ts';
import { projectSeeds } from './seeds.ts';

export interface PlanOptions {
  readonly task: 'ner' | 're';
  readonly project: Project;
  /** Accepted texts wanted; a resumed run counts those it has. */
  readonly count: number;
  /** Decides everything that is drawn: same seed and offline provider, same files byte for byte. */
  readonly seed: number;
  /** Names to write about; those of the project when absent. */
  readonly names?: readonly Seed[];
}

/** Throws `UserError` when there is no relation to write about. */
export function planRun({ task, project, count, seed, names }: PlanOptions): RunPlan {
  const relation = task === 're' ? firstRelation(project) : undefined;
  return {
    task,
    project,
    ...(relation === undefined ? {} : { relation }),
    count,
    seed,
    names: names ?? projectSeeds(project, seed),
  };
}

function firstRelation({ relationTypes: [relation] }: Project): RelationType {
  if (relation !== undefined) return relation;
  throw new UserError('The project has no relation type to write sentences about.', {
    nextStep: 'Add one to "relationTypes" in chartmark.json.',
  });
}
