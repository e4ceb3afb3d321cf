import path from 'node:path';
import { applyEdits } from 'jsonc-parser';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { counted } from '../foundation/numbers.ts';
import { readTextIfThere } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';
import { type CollectedTopics, requestTopics, type TopicHooks } from '../generation/topics/requestTopics.ts';
import { estimateTopics } from '../generation/topics/topicRun.ts';
import type { SendingOptions } from '../llm/sending/sender.ts';
import { topicEdits } from '../project/editProject.ts';
import { parseProject, projectFileName } from '../project/parseProject.ts';
import { type EntityType, mentionTypes, type Project, topicsOf } from '../project/project.ts';
import { Disclosure, type SendingTask } from './sending/consent.ts';
import { IdentifierScan } from './sending/identifierScan.ts';
import type { ModelChoice } from './sending/modelChoice.ts';

interface CollectInput {
  readonly project: Project;
  /** The folder of chartmark.json. */
  readonly folder: string;
  readonly types: readonly EntityType[];
  /** Topics wanted for each type. */
  readonly count: number;
  readonly model: ModelChoice;
  /** The folder for requests and replies; if undefined, a folder in `folder`. */
  readonly out?: string | undefined;
  /** In USD; it takes precedence over the project's limit. */
  readonly maxCostUsd?: number | undefined;
  readonly sending?: Partial<SendingOptions>;
}

interface CollectTask extends SendingTask<'collect-topics', CollectedTopics, TopicHooks> {
  /** The folder for requests and replies. */
  readonly out: string;
}

/** Prepares to collect topics from a language model. Writes and sends nothing. Throws `UserError`. */
export async function prepareCollectTopics(input: CollectInput): Promise<CollectTask> {
  const { project, folder, types, count, model, sending } = input;
  const { info, measure } = model;
  // Topics were called seeds when the first of these folders were written.
  const out = input.out ?? path.join(folder, 'seeds');
  const { estimate, next } = await estimateTopics({ project, types, count, out, provider: info });
  const disclosure = new Disclosure({
    task: 'collect-topics',
    model: info,
    wanted: describeWish(types, count),
    sends: 'prompts',
    sent:
      'Sent: the definition, guideline and counter-examples of each type, its topics in chartmark.json, and the topics ' +
      'that the model has given. No other text of this workspace.',
    estimate,
    mayGrow: '; more if the model repeats topics',
    maxCostUsd: input.maxCostUsd ?? project.generation.maxCostUsd,
    prices: project.generation.prices,
    identifiers: IdentifierScan.ofPrompt(
      { ...project, entityTypes: types, relationTypes: [] },
      { styles: false },
    ),
    notes: measure === undefined || next === undefined ? [] : [await measure(next.request.messages)],
  });
  return {
    disclosure,
    out,
    start: async (consent, hooks) => {
      consent.require(disclosure);
      const { maxCostUsd } = consent;
      const provider = await model.connect();
      return requestTopics({ project, types, count, out, provider, maxCostUsd, sending }, hooks);
    },
  };
}

/** The entity types with these names; all tagged types if undefined. Throws `UserError` for an unknown name. */
export function typesToCollect(
  project: Project,
  names: readonly string[] | undefined,
): readonly EntityType[] {
  if (names === undefined) return mentionTypes(project);
  return names.map((name) => {
    const type = project.entityTypes.find((candidate) => candidate.name === name);
    if (type !== undefined) return type;
    throw new UserError(`The project has no entity type "${name}".`, {
      nextStep: `Choose one of ${project.entityTypes.map((known) => known.name).join(', ')}.`,
    });
  });
}

/** "20 topics for Disease", "20 topics for each of Disease, Chemical". */
function describeWish(types: readonly EntityType[], count: number): string {
  const names = types.map(({ name }) => name).join(', ');
  return `${counted(count, 'topic')} for ${types.length === 1 ? '' : 'each of '}${names}`;
}

/**
 * Adds topics to the chartmark.json in `folder`, which is created if it is missing. Comments and formatting stay. Returns the
 * file, and how many topics are new in it. Throws `UserError`.
 */
export async function writeTopics(
  folder: string,
  topics: Readonly<Record<string, readonly string[]>>,
): Promise<{ readonly file: string; readonly added: number }> {
  const file = path.join(folder, projectFileName);
  const source = (await readTextIfThere(file)) ?? '{}\n';
  const written = Object.fromEntries(Object.entries(topics).map(([type, names]) => [type, [...names]]));
  const edits = topicEdits(source, file, written);
  if (edits.length > 0) await writeFileAtomic(file, applyEdits(source, [...edits]));
  const before = parseProject(source, file);
  const added = Object.entries(topics).reduce((sum, [type, names]) => {
    const known = new Set(topicsOf(before, type));
    return sum + new Set(names.filter((name) => !known.has(name))).size;
  }, 0);
  return { file, added };
}
