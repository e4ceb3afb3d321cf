import { UserError } from '../foundation/userError.ts';
import { withSentences } from '../project/defaults.ts';
import type { Project, RelationType } from '../project/project.ts';
import type { RunPlan } from './plan.ts';
import type { Provider, Seed } from './provider.ts';
import { projectSeeds } from './seeds.ts';

export interface PlanOptions {
  readonly task: 'ner' | 're';
  readonly project: Project;
  /** Accepted texts wanted; a resumed run counts those it has. */
  readonly count: number;
  /** Decides everything that is drawn: same seed and offline provider, same files byte for byte. */
  readonly seed: number;
  /** The most requests that are sent, however few texts are accepted. */
  readonly mostRequests?: number;
  /** Names to write about; those of the project when absent. */
  readonly names?: readonly Seed[];
}

/** Throws `UserError` when there is no relation to write about. */
export function planRun({ task, project, count, seed, mostRequests, names }: PlanOptions): RunPlan {
  const relation = task === 're' ? firstRelation(project) : undefined;
  return {
    task,
    // A relation is between two mentions of a sentence: notes have none for it.
    project: task === 're' ? withSentences(project) : project,
    ...(relation === undefined ? {} : { relation }),
    count,
    seed,
    ...(mostRequests === undefined ? {} : { mostRequests }),
    names: names ?? projectSeeds(project, seed),
  };
}

/** Throws `UserError` when a provider cannot write what a plan asks for. */
export function checkWriter({ name, onlySentences }: Provider, { project }: RunPlan): void {
  if (onlySentences !== true || project.generation.unit === 'sentences') return;
  throw new UserError(`The ${name} provider writes sentences, not whole notes.`, {
    nextStep: 'Choose a language model, or set "generation.unit" to "sentences" in chartmark.json.',
  });
}

function firstRelation({ relationTypes: [relation] }: Project): RelationType {
  if (relation !== undefined) return relation;
  throw new UserError('The project has no relation type to write sentences about.', {
    nextStep: 'Add one to "relationTypes" in chartmark.json.',
  });
}
