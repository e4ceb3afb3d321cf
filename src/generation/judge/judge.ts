import type { RequestSpec, Topic } from '../plan/requestSpec.ts';
import { parseInlineTags, type Mention, type TaggedText } from '../../corpus/tagged/inlineTags.ts';
import { hasUnspaced, wordCount } from '../../corpus/unspaced.ts';
import type { Project } from '../../project/project.ts';
import { findRealIdentifiers } from './realIdentifiers.ts';
import { nameForms } from './nameForms.ts';
import {
  createSketcher,
  nearDuplicateIndex,
  type NearDuplicateIndex,
} from '../../corpus/similarity/nearDuplicates.ts';
import { holdsAny, tagOtherOccurrences } from '../../corpus/tagged/otherOccurrences.ts';
import { promptCopyFinder } from './promptCopies.ts';
import type { Refused } from '../../llm/provider.ts';
import type { ReadProblem } from '../../corpus/tagged/readTaggedItem.ts';
import type { ReadReply, ReadText, TaggedName } from './readTexts.ts';
import { isWordEdge } from '../../corpus/tagged/wordEdges.ts';

/** Why a text was rejected. Run folders store these codes. */
export type Reason =
  | ReadProblem
  | Refused
  | 'untagged'
  | 'untagged-mention'
  | 'wrong-pair'
  | 'duplicate'
  | 'near-duplicate'
  | 'too-short'
  | 'too-long'
  | 'seed-absent'
  | 'copied-example'
  | 'copied-prompt'
  | 'identifier'
  | 'surplus';

export interface AcceptedText extends TaggedText {
  /** The topics of the request that the text mentions. */
  readonly topics: readonly string[];
  /** Whether the two mentions of a relation sentence are related. */
  readonly related?: boolean;
}

type Verdict =
  | { readonly accepted: true; readonly text: AcceptedText }
  | { readonly accepted: false; readonly reason: Reason; readonly detail: string };

/** Judges the texts of one run, comparing each with those accepted before it. */
export interface Judge {
  judge(text: ReadText, reply: ReadReply): Verdict;
  /** Records an accepted text: from now on, similar texts are rejected. */
  remember(text: string): void;
}

export function createJudge(project: Project): Judge {
  const sketcher = createSketcher();
  const seen = nearDuplicateIndex(sketcher);
  const examples = nearDuplicateIndex(sketcher);
  for (const text of promptExamples(project)) examples.add(text);
  const isCopied = promptCopyFinder(project);
  const knowledge: Knowledge = {
    project,
    seen,
    examples,
    copiesPrompt: (text, task) => isCopied(text, sketcher(text).sketch, task),
  };
  return {
    judge: (text, reply) => judge(text, reply, knowledge),
    remember: (text) => seen.add(text),
  };
}

/** The examples of the project that are whole sentences: a text that repeats one is useless for training. */
function promptExamples(project: Project): readonly string[] {
  return project.entityTypes
    .flatMap((type) => [...type.examples, ...type.counterExamples])
    .map((example) =>
      parseInlineTags(
        example,
        project.entityTypes.map((type) => type.name),
      ),
    )
    .flatMap((result) => (result.ok && isSentence(result.text) ? [result.text] : []));
}

function isSentence(text: string): boolean {
  return hasUnspaced(text) ? wordCount(text) >= 5 : text.split(/\s+/).length >= 5;
}

interface Knowledge {
  readonly project: Project;
  readonly seen: NearDuplicateIndex;
  readonly examples: NearDuplicateIndex;
  readonly copiesPrompt: (text: string, task: 'ner' | 're') => boolean;
}

function judge(
  { item, read }: ReadText,
  { spec, labels, names, tagsNothing }: ReadReply,
  { project, seen, examples, copiesPrompt }: Knowledge,
): Verdict {
  if (!read.ok) return reject(read.problem, read.detail);

  const { minLength, maxLength } = project.generation;
  const { text } = read;
  if (text.length < minLength) return reject('too-short', `${text.length} characters, at least ${minLength}`);
  if (text.length > maxLength) return reject('too-long', `${text.length} characters, at most ${maxLength}`);
  const [identifier] = findRealIdentifiers(text);
  if (identifier !== undefined)
    return reject('identifier', `it holds what looks like a real identifier (${identifier.kind})`);

  if (tagsNothing) {
    return reject(
      'untagged',
      'the reply has more texts than were to be without a mention, and no tag in any',
    );
  }
  const labelled = tagOtherOccurrences(read, knownNames(read, { spec, names }));
  if (!labelled.ok) return reject('ambiguous-mention', labelled.detail);
  if (spec.task === 'ner' && read.mentions.length === 0) {
    if (labelled.mentions.length > 0)
      return reject('untagged-mention', 'it has no tag, and holds a name that was asked for');
    if (holdsAny(text, names))
      return reject('untagged-mention', 'it has no tag, and holds a name that is tagged in the same reply');
  }
  const topics = topicsIn(labelled, spec.topics);
  if (topics.length === 0 && needsTopic(labelled, spec)) {
    return reject('seed-absent', 'it holds none of the names asked for');
  }
  if (spec.task === 're') {
    const problem = pairProblem(read.mentions, labelled.mentions, labels);
    if (problem !== undefined) return problem;
    if (item.related === undefined) return reject('malformed', 'it does not say whether the pair is related');
  }
  if (examples.find(text) !== undefined)
    return reject('copied-example', 'it repeats an example of the project');
  if (copiesPrompt(text, spec.task)) return reject('copied-prompt', 'it repeats words of the prompt');
  const duplicate = seen.find(text);
  if (duplicate !== undefined) return reject(duplicate, 'a text accepted before is the same or nearly so');
  return {
    accepted: true,
    text: {
      text,
      mentions: labelled.mentions,
      topics,
      ...(spec.task === 're' && item.related !== undefined ? { related: item.related } : {}),
    },
  };
}

/**
 * The requested names whose untagged occurrences are mentions, too. In a mention run those are left out that the model has
 * tagged as another type, as it may; in a relation sentence, those beside the pair.
 */
function knownNames(
  { text, mentions }: TaggedText,
  { spec, names: taggedNames }: Pick<ReadReply, 'spec' | 'names'>,
): readonly TaggedName[] {
  const names = spec.topics.map(({ name, type }) => ({ surface: name, label: type }));
  const own = mentions.map(({ start, end, label }) => [text.slice(start, end).toLowerCase(), label] as const);
  if (spec.task === 're') {
    const pair = new Map(own);
    return names.filter(({ surface }) => pair.has(surface.toLowerCase()));
  }
  const inReply = taggedNames.map(({ surface, label }) => [surface.toLowerCase(), label] as const);
  const labels = new Map([...inReply, ...own]);
  return names.map(({ surface, label }) => ({ surface, label: labels.get(surface.toLowerCase()) ?? label }));
}

/** A relation sentence must have one head and one tail, and must not repeat either name. */
function pairProblem(
  tagged: readonly Mention[],
  all: readonly Mention[],
  [head, tail]: readonly string[],
): Verdict | undefined {
  if (all.length > tagged.length)
    return reject('untagged-mention', 'a name of the pair is there again, untagged');
  const isPair =
    tagged.length === 2 &&
    tagged.some(({ label }) => label === head) &&
    tagged.some(({ label }) => label === tail);
  return isPair ? undefined : reject('wrong-pair', `one ${head} and one ${tail} must be tagged`);
}

/**
 * The topics that are mentions, of whatever type, or words in a mention of their own type: "bleomycin" in "bleomycin sulfate",
 * "seizure" in "seizures".
 */
function topicsIn({ text, mentions }: TaggedText, topics: readonly Topic[]): readonly string[] {
  if (mentions.length === 0) return [];
  const names = mentions.map(({ start, end, label }) => ({
    label,
    name: text.slice(start, end).toLowerCase(),
  }));
  return topics
    .filter((topic) =>
      names.some(({ name, label }) =>
        nameForms(topic).some((form) => (label === topic.type ? isPartOf(form, name) : form === name)),
      ),
    )
    .map(({ name }) => name);
}

/** Whether a text must be about a requested topic. It need not if all its mentions are of types without topics. */
function needsTopic({ mentions }: TaggedText, spec: RequestSpec): boolean {
  if (spec.topics.length === 0) return false;
  const free = spec.task === 'ner' ? (spec.withoutTopics ?? []) : [];
  return mentions.some(({ label }) => !free.includes(label));
}

function isPartOf(topic: string, name: string): boolean {
  const at = name.indexOf(topic);
  if (at === -1 || !isWordEdge(name, at)) return false;
  const end = at + topic.length;
  return isWordEdge(name, end) || /^e?s(?![\p{L}\p{N}])/u.test(name.slice(end));
}

function reject(reason: Reason, detail: string): Verdict {
  return { accepted: false, reason, detail };
}
