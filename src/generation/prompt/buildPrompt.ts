import type { RequestSpec, MentionSpec, RelationSpec } from '../plan/requestSpec.ts';
import { noteDescriptions } from '../../project/builtIn.ts';
import { describeRelation, describeType, hasNegatives } from '../../project/describeType.ts';
import type { Project, RelationType } from '../../project/project.ts';
import { planVersion, type PlanVersion } from '../plan/planVersion.ts';
import { formerDefinition, formerLengths, formerLookalikes, formerPrompts } from './formerPrompt.ts';
import { builtInPrompts } from './promptDefaults.ts';
import {
  fillConstantParts,
  fillTemplate,
  parsePromptTemplate,
  type PromptTemplate,
} from './promptTemplate.ts';
import type { ChatMessage } from '../../llm/provider.ts';
import { lengthOfTexts } from './textLength.ts';
import { harmlessContents, lookalikesOf } from './lookalikes.ts';
import { replyShape } from '../../llm/reply/parseReply.ts';

/** What all requests of a run have in common. */
interface Constants {
  readonly template: PromptTemplate;
  readonly values: Readonly<Record<string, string>>;
}

/** A cache by project and task. */
const tasksOf = new WeakMap<Project, Map<string, Constants>>();

/**
 * The messages of a request: the project's template, or the built-in one, filled in as runs of that version do. Throws
 * `UserError` if it is faulty.
 */
export function buildPrompt(
  spec: RequestSpec,
  project: Project,
  version: PlanVersion = planVersion,
): readonly ChatMessage[] {
  const { template, values } = constantsOf(spec, project, version);
  return fillTemplate(template, {
    ...values,
    texts: String(spec.texts),
    language: spec.language,
    style: describeStyle(spec, project, version),
    length: version === 1 ? formerLengths[project.generation.unit] : lengthOfTexts(spec.style, project),
    about: aboutNames(spec),
    choice: choiceOfNames(spec),
    seeds: listOfNames(
      spec.topics.map(({ name }) => name),
      (position) => ` (${spec.topics[position]?.type ?? ''})`,
    ),
    ...(spec.task === 'ner' ? mentionCounts(spec) : relationCounts(spec)),
  });
}

/** The project's template, or the built-in one. Throws `UserError` if it is faulty. */
export function promptTemplateOf(
  project: Project,
  task: 'ner' | 're',
  version: PlanVersion = planVersion,
): PromptTemplate {
  const own = project.prompts?.[task];
  return parsePromptTemplate(own?.text ?? builtInPrompt(task, version), task, own?.file);
}

/** The built-in template of runs of a version. */
export function builtInPrompt(task: 'ner' | 're', version: PlanVersion): string {
  return version === 1 ? formerPrompts[task] : builtInPrompts[task];
}

function constantsOf(spec: RequestSpec, project: Project, version: PlanVersion): Constants {
  const about = spec.task === 'ner' ? spec.labels.join('\n') : JSON.stringify(spec.relation);
  const key = `${version} ${about}`;
  const tasks = tasksOf.get(project) ?? new Map<string, Constants>();
  tasksOf.set(project, tasks);
  const known = tasks.get(key);
  if (known !== undefined) return known;
  const values =
    spec.task === 'ner' ? mentionTask(spec, project, version) : relationTask(spec, project, version);
  const template = promptTemplateOf(project, spec.task, version);
  const constants = { template: fillConstantParts(template, values), values };
  tasks.set(key, constants);
  return constants;
}

function mentionTask(
  { labels }: MentionSpec,
  project: Project,
  version: PlanVersion,
): Readonly<Record<string, string>> {
  const types = project.entityTypes.filter(({ name }) => labels.includes(name));
  const tag = types[0]?.name ?? '';
  return {
    types: types.map(describeType).join('\n\n'),
    labels: labels.join(', '),
    tags: `<${tag}>...</${tag}>`,
    lookalikes: listOfNames(version === 1 ? formerLookalikes(types) : lookalikesOf(types, project.topics)),
    harmless: harmlessContents(types),
    reply: replyShape('ner'),
  };
}

function mentionCounts({ texts, entityFree, confusable = 0 }: MentionSpec): Readonly<Record<string, string>> {
  return {
    tagged: countOf(texts - entityFree),
    abbreviated: countOf(textsWithAbbreviation(texts - entityFree)),
    entityFree: countOf(entityFree),
    confusable: countOf(confusable),
  };
}

const usualNegatives =
  'a study aim, a method, a mere mention together, or, unless the definition counts it as the relation, an association ' +
  'that was looked for and not found';
const ownNegatives = 'as described above, under what is not the relation';

/** So many of the texts with mentions introduce an abbreviation, at least one of a few. */
function textsWithAbbreviation(tagged: number): number {
  return tagged < 3 ? 0 : Math.max(1, Math.round(tagged / 5));
}

function relationTask(
  { relation }: RelationSpec,
  project: Project,
  version: PlanVersion,
): Readonly<Record<string, string>> {
  const { head, tail, name } = relation;
  const types = project.entityTypes.filter((type) => type.name === head || type.name === tail);
  return {
    types: types.map(describeType).join('\n\n'),
    head,
    tail,
    relation: name,
    definition: [
      version === 1 ? formerDefinition(relation) : describeRelation(relation),
      ...othersBetween(relation, project).map(
        (other) =>
          `Write no sentence that states the relation "${other.name}" of the two: ${other.definition}`,
      ),
    ].join(' '),
    negatives: hasNegatives(relation) ? ownNegatives : usualNegatives,
    reply: replyShape('re', name),
  };
}

/** Other relations between mentions of the same types: a pair in one of them must not count as unrelated. */
function othersBetween({ name, head, tail }: RelationType, project: Project): readonly RelationType[] {
  return project.relationTypes.filter(
    (other) =>
      other.name !== name &&
      ((other.head === head && other.tail === tail) || (other.head === tail && other.tail === head)),
  );
}

function relationCounts({ texts, negative }: RelationSpec): Readonly<Record<string, string>> {
  return { related: countOf(texts - negative), unrelated: countOf(negative) };
}

/** Empty for 0, so that the line with this placeholder is left out. */
function countOf(count: number): string {
  return count === 0 ? '' : String(count);
}

/** How many texts are about topics. */
function textsAboutTopics(spec: RequestSpec): number {
  return spec.task === 'ner' ? spec.texts - spec.entityFree : spec.texts;
}

/** How the texts relate to the list of names that follows. */
function aboutNames(spec: RequestSpec): string {
  const subject = spec.task === 're' ? 'Each sentence' : `Each text that has a mention${ofNamedTypes(spec)}`;
  if (spec.topics.length >= textsAboutTopics(spec)) return `${subject} is about another one of these names`;
  return spec.topics.length === 1
    ? `${subject} is about this name`
    : `There are fewer names than texts: use each about equally often. ${subject} is about one of these names`;
}

/** What the model may decide about the names. Empty if there are none. */
function choiceOfNames(spec: RequestSpec): string {
  const { length } = spec.topics;
  if (length === 0) return '';
  const isMore = length > textsAboutTopics(spec);
  const choose = isMore ? 'There are more names than needed: choose those that suit the style.' : '';
  const words = [choose];
  if (spec.task === 'ner' && spec.labels.length > 1) {
    words.push(
      'The type in brackets is a suggestion: if the definitions put a name under another of the types above, tag it as that type.',
    );
  }
  if (isMore) words.push('Do not use a name that the definitions put under none of the types.');
  return words.filter((sentence) => sentence !== '').join(' ');
}

/** If only some types have topics, texts about the others may be about anything. */
function ofNamedTypes({ labels, withoutTopics = [] }: MentionSpec): string {
  const named = labels.filter((label) => !withoutTopics.includes(label));
  return withoutTopics.length === 0 ? '' : ` of ${named.join(' or ')}`;
}

function describeStyle({ style, task }: RequestSpec, { generation }: Project, version: PlanVersion): string {
  const { name } = style;
  // "A sentence of ..." would contradict the length of the texts.
  const isLonger = generation.unit === 'notes' || (task === 'ner' && version > 1);
  const description = (isLonger ? noteDescriptions.get(style.description) : undefined) ?? style.description;
  return description === name ? `${name}.` : `${name}. ${description}`;
}

/** Names as a list in a prompt. A name that contains the separator is in quotes. */
export function listOfNames(names: readonly string[], note: (position: number) => string = () => ''): string {
  return names
    .map((name, position) => (name.includes(';') ? JSON.stringify(name) : name) + note(position))
    .join('; ');
}
