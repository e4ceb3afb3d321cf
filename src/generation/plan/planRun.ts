import type { Topic, WriterInfo } from './requestSpec.ts';
import { plural } from '../../foundation/numbers.ts';
import { projectTopics } from './topicOrder.ts';
import { UserError } from '../../foundation/userError.ts';
import { withSentences } from '../../project/defaults.ts';
import type { Project, RelationType } from '../../project/project.ts';
import type { RunPlan } from './planRequest.ts';
import { planVersion, type PlanVersion } from './planVersion.ts';

export interface PlanOptions {
  readonly task: 'ner' | 're';
  readonly project: Project;
  /** How many accepted texts the run should have, including those of a resumed run. */
  readonly count: number;
  /** Decides every random draw: the same seed with the offline provider gives the same files, byte for byte. */
  readonly seed: number;
  /** The most requests that are sent, however few texts are accepted. */
  readonly mostRequests?: number;
  /** Those of the project if absent. */
  readonly topics?: readonly Topic[];
  /** The topics are the lexicon's, whose types take turns. */
  readonly isFromLexicon?: boolean;
  /** That of new runs if absent. */
  readonly version?: PlanVersion;
  /** The names of a relation run's relations, which take turns; all in the project if absent. */
  readonly relations?: readonly string[];
}

/** Throws `UserError` if a relation run has no relation, or one that is not in the project. */
export function planRun(options: PlanOptions): RunPlan {
  const { task, project, count, seed, mostRequests, topics, version = planVersion } = options;
  const isInTurn = options.isFromLexicon === true && version > 1;
  return {
    task,
    // A relation is between two mentions in one sentence, so notes are not suitable.
    project: task === 're' ? withSentences(project) : project,
    ...(task === 're' ? { relations: relationsOf(project, options.relations) } : {}),
    count,
    seed,
    ...(mostRequests === undefined ? {} : { mostRequests }),
    topics: topics ?? projectTopics(project, seed),
    version,
    ...(isInTurn ? { typesTakeTurns: true } : {}),
  };
}

/** Throws `UserError` if a provider cannot write what a plan requires. */
export function checkWriter(writer: WriterInfo, { project, relations = [] }: RunPlan): void {
  const { name, onlySentences, onlyRelation } = writer;
  if (onlySentences === true && project.generation.unit !== 'sentences') {
    throw new UserError(`The ${name} provider can only write sentences, not whole notes.`, {
      nextStep: 'Choose a language model, or set "generation.unit" to "sentences" in chartmark.json.',
    });
  }
  if (onlyRelation === undefined) return;
  const canWrite = ({ head, tail }: RelationType): boolean =>
    head === onlyRelation.head && tail === onlyRelation.tail;
  const other = relations.find((relation) => !canWrite(relation));
  if (other === undefined) return;
  const able = relations.filter(canWrite).map((relation) => relation.name);
  throw new UserError(
    `The ${name} provider can only write about relations between a ${onlyRelation.head} and a ${onlyRelation.tail}, not ` +
      `about "${other.name}" (${other.head}, ${other.tail}).`,
    {
      nextStep: `Choose a language model${able.length === 0 ? '' : `, or only the ${plural(able.length, 'relation')} ${able.join(', ')} (--relation)`}.`,
    },
  );
}

function relationsOf(
  { relationTypes }: Project,
  wanted: readonly string[] | undefined,
): readonly RelationType[] {
  if (relationTypes.length === 0) {
    throw new UserError('The project has no relation type to write sentences about.', {
      nextStep: 'Add one to "relationTypes" in chartmark.json.',
    });
  }
  if (wanted === undefined) return relationTypes;
  const unknown = wanted.find((name) => !relationTypes.some((relation) => relation.name === name));
  if (unknown !== undefined) {
    throw new UserError(`The project has no relation type "${unknown}".`, {
      nextStep: `Choose from ${relationTypes.map(({ name }) => name).join(', ')}.`,
    });
  }
  return relationTypes.filter(({ name }) => wanted.includes(name));
}
