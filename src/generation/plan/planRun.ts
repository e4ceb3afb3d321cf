import type { Topic, WriterInfo } from './requestSpec.ts';
import { projectTopics } from './topicOrder.ts';
import { UserError } from '../../foundation/userError.ts';
import { withSentences } from '../../project/defaults.ts';
import type { Project, RelationType } from '../../project/project.ts';
import type { RunPlan } from './planRequest.ts';

export interface PlanOptions {
  readonly task: 'ner' | 're';
  readonly project: Project;
  /** Accepted texts wanted, including those that a resumed run already has. */
  readonly count: number;
  /** Determines every random draw. With the offline provider, the same seed gives the same files byte for byte. */
  readonly seed: number;
  /** The most requests that are sent, however few texts are accepted. */
  readonly mostRequests?: number;
  /** Those of the project if undefined. */
  readonly topics?: readonly Topic[];
  /** Of a relation run: the names of its relations; all of the project, in turn, if undefined. */
  readonly relations?: readonly string[];
}

/** Throws `UserError` if there is no relation to write about. */
export function planRun(options: PlanOptions): RunPlan {
  const { task, project, count, seed, mostRequests, topics } = options;
  return {
    task,
    // Relations are between two mentions of a sentence, so there are no notes about them.
    project: task === 're' ? withSentences(project) : project,
    ...(task === 're' ? { relations: relationsOf(project, options.relations) } : {}),
    count,
    seed,
    ...(mostRequests === undefined ? {} : { mostRequests }),
    topics: topics ?? projectTopics(project, seed),
  };
}

/** Throws `UserError` if a writer cannot write what a plan asks for. */
export function checkWriter(writer: WriterInfo, { project, relations = [] }: RunPlan): void {
  const { name, onlySentences, onlyRelation } = writer;
  if (onlySentences === true && project.generation.unit !== 'sentences') {
    throw new UserError(`The ${name} provider writes sentences, not whole notes.`, {
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
    `The ${name} provider writes only about relations between a ${onlyRelation.head} and a ${onlyRelation.tail}, not about ` +
      `"${other.name}" (${other.head}, ${other.tail}).`,
    {
      nextStep: `Choose a language model${able.length === 0 ? '' : `, or only the relations ${able.join(', ')} (--relation)`}.`,
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
      nextStep: `Choose one of ${relationTypes.map(({ name }) => name).join(', ')}.`,
    });
  }
  return relationTypes.filter(({ name }) => wanted.includes(name));
}
