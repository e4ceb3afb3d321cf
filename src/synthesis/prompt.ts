import { createHash } from 'node:crypto';
import type { EntityType, Project } from '../project/project.ts';
import { replyShape } from './reply.ts';
import type { Ask, ChatMessage, MentionAsk, RelationAsk } from './provider.ts';

/** The last task of a project in words: it is the same in every request of a run. */
const lastTask = new WeakMap<Project, { readonly key: string; readonly content: string }>();

/** An ask in words: the task and its definitions as the system's message, what is wanted now as the user's. */
export function buildPrompt(ask: Ask, project: Project): readonly ChatMessage[] {
  const key = ask.task === 'ner' ? ask.labels.join('\n') : JSON.stringify(ask.relation);
  let task = lastTask.get(project);
  if (task?.key !== key) {
    task = { key, content: ask.task === 'ner' ? mentionTask(ask, project) : relationTask(ask, project) };
    lastTask.set(project, task);
  }
  return [
    { role: 'system', content: task.content },
    { role: 'user', content: ask.task === 'ner' ? mentionWish(ask) : relationWish(ask) },
  ];
}

/** Tells prompts apart in provenance: 16 hexadecimal digits of a SHA-256. */
export function promptHash(messages: readonly ChatMessage[]): string {
  return createHash('sha256').update(JSON.stringify(messages)).digest('hex').slice(0, 16);
}

const safety =
  'All people, places and numbers are invented. Write no names of persons, no full dates, no telephone, record or other ' +
  'identifying numbers; where a note would have one, write a placeholder such as [NAME] or [DATE].';

function mentionTask(ask: MentionAsk, project: Project): string {
  const types = project.entityTypes.filter(({ name }) => ask.labels.includes(name));
  return [
    'You write realistic, fictitious clinical and biomedical text that trains a program to find mentions of these types:',
    ...types.map(describeType),
    'Tag every mention of these types with inline tags, and tag nothing else, for example: ' +
      `"Given <${types[0]?.name ?? ''}>...</${types[0]?.name ?? ''}> at home." Do not nest tags. ` +
      'Tag a name wherever it occurs, in brackets and as a part of a compound too.',
    safety,
    `Reply with JSON only: ${replyShape('ner')}`,
  ].join('\n\n');
}

function mentionWish(ask: MentionAsk): string {
  const tagged = ask.texts - ask.entityFree;
  return [
    `Write ${ask.texts} texts in ${ask.language}, each of one to three sentences.`,
    styleLine(ask),
    `${tagged} of them hold one or more tagged mentions; vary number and type of mentions, length and structure, and use ` +
      'negations, abbreviations and lists where the style has them.',
    ask.entityFree === 0
      ? ''
      : `${ask.entityFree} of them hold no mention and no tag, yet read like the others: findings that are normal, ` +
        'methods, anatomy, genes, bare words such as "disease" or "drug", measurements, instructions.',
    seedLine(ask),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function relationTask(ask: RelationAsk, project: Project): string {
  const { head, tail, name, definition } = ask.relation;
  const types = project.entityTypes.filter((type) => type.name === head || type.name === tail);
  return [
    `You write realistic, fictitious biomedical sentences that train a program to tell whether a ${head} and a ${tail} are ` +
      `in the relation "${name}".`,
    ...types.map(describeType),
    `The relation "${name}": ${definition}`,
    `Each sentence has exactly one <${head}>...</${head}> and one <${tail}>...</${tail}> tag, and names neither again. ` +
      'Other genes and diseases may occur untagged.',
    safety,
    `Reply with JSON only: ${replyShape('re', name)}`,
  ].join('\n\n');
}

function relationWish(ask: RelationAsk): string {
  return [
    `Write ${ask.texts} sentences in ${ask.language}.`,
    styleLine(ask),
    `${ask.texts - ask.negative} of them state the relation ("relation": "${ask.relation.name}"). ${ask.negative} do not ` +
      '("relation": "none"): study aims, methods, an association that was looked for and not found, a mere mention together.',
    seedLine(ask),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function styleLine({ style }: Ask): string {
  return style.description === style.name
    ? `Style: ${style.name}.`
    : `Style: ${style.name}. ${style.description}`;
}

function seedLine({ seeds }: Ask): string {
  if (seeds.length === 0) return '';
  const names = seeds.map(({ type, name }) => `${name} (${type})`).join('; ');
  return `Each text that has a mention is about another one of these names, and tags it: ${names}.`;
}

function describeType(type: EntityType): string {
  return [
    `${type.name}: ${type.definition}`,
    type.guideline ?? '',
    type.examples.length === 0 ? '' : `Examples: ${type.examples.join('; ')}.`,
    type.counterExamples.length === 0 ? '' : `Not ${type.name}: ${type.counterExamples.join('; ')}.`,
  ]
    .filter((line) => line !== '')
    .join(' ');
}
