import type { Mention, TaggedText } from '../../corpus/tagged/inlineTags.ts';
import { tagListedNames } from '../../corpus/tagged/listedNames.ts';
import { tagOtherOccurrences } from '../../corpus/tagged/otherOccurrences.ts';
import { namesInFields } from '../../corpus/tagged/readTaggedItem.ts';
import { parseReply } from '../../llm/reply/parseReply.ts';
import type { ListedName, ReplyItem } from '../../llm/reply/replyItems.ts';
import { alignMentions, alignWithoutMarker } from './alignMentions.ts';
import type { Answer, Reading, Refusal } from '../engine/question.ts';
import { readingsOf, type Said, withoutTags } from './said.ts';
import { readJoined, rewordedAmong } from './strayTexts.ts';

/**
 * The mentions that a reply tags in each of the given texts. Its texts are found again by their words, in
 * whatever order they come; what cannot be aligned with a given text is refused with its reason.
 */
export function readMentions(reply: string, given: readonly string[], labels: readonly string[]): Reading {
  return readTexts(
    textsOf(reply).map((item) => readingsOf(item, labels)),
    given,
    labels,
  );
}

/** The same of a reply's texts whose tags were read. */
export function readTexts(
  texts: readonly Said[],
  given: readonly string[],
  labels: readonly string[],
): Reading {
  const answers: (Answer | undefined)[] = given.map(() => undefined);
  const refused = new Map<number, Refusal>();
  const refusals: Refusal[] = [];
  const strays: Said[] = [];
  const isLeft = (position: number): boolean => answers[position] === undefined && !refused.has(position);

  for (const said of texts) {
    const found = findAmong(given, isLeft, said);
    if (found === undefined) {
      const position =
        said.problem === undefined ? -1 : positionOf(given, isLeft, withoutTags(said.item.text));
      if (said.problem === undefined || position === -1) strays.push(said);
      else refused.set(position, { ...said.problem, text: said.item.text });
      continue;
    }
    const text = given[found.position] as string;
    const { mentions, left } = withNames(
      text,
      found.mentions,
      namesOf(said.item, found.mentions, labels),
      labels,
    );
    answers[found.position] = { mentions };
    refusals.push(...left);
  }
  const joined = readJoined(given, isLeft, strays);
  for (const [position, mentions] of joined) answers[position] = { mentions };
  if (joined.size === 0) refusals.push(...strays.map(strayRefusal));
  const reworded = rewordedAmong(given, isLeft, strays);
  for (const [position, text] of given.entries()) {
    if (answers[position] !== undefined) continue;
    refusals.push(
      refused.get(position) ?? {
        ...(reworded.has(position)
          ? { reason: 'reworded', detail: 'the reply changed its words, so that no place in it is sure' }
          : { reason: 'missing', detail: 'the reply leaves it out' }),
        text,
      },
    );
  }
  return { answers, refusals };
}

/** A model that knows no JSON writes the tagged texts alone. JSON without a text in it is of no use. */
export function textsOf(reply: string): readonly ReplyItem[] {
  const items = parseReply(reply);
  if (items.length > 0 || reply.trim() === '') return items;
  if (/^\s*(?:```\w*\s*)?[[{]\s*(?:["'[{\]}]|$)/.test(reply)) {
    return [{ text: reply, problem: 'the reply holds no list of texts' }];
  }
  return reply
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((text) => ({ text }));
}

/** The first given text that is left and that one of the readings is the same as. */
function findAmong(
  given: readonly string[],
  isLeft: (position: number) => boolean,
  { readings }: Said,
): { readonly position: number; readonly mentions: readonly Mention[] } | undefined {
  for (const align of [alignMentions, alignWithoutMarker]) {
    for (const [position, text] of given.entries()) {
      if (!isLeft(position)) continue;
      for (const reading of readings) {
        const mentions = align(text, reading);
        if (mentions !== undefined) return { position, mentions };
      }
    }
  }
  return undefined;
}

function positionOf(given: readonly string[], isLeft: (position: number) => boolean, text: string): number {
  return given.findIndex(
    (other, position) => isLeft(position) && alignMentions(other, { text, mentions: [] }) !== undefined,
  );
}

function namesOf(
  item: ReplyItem,
  mentions: readonly Mention[],
  labels: readonly string[],
): readonly ListedName[] {
  return item.names ?? (mentions.length === 0 ? namesInFields(item, labels) : []);
}

/** With the names that are listed beside a text, wherever they stand in it. Those that do not are left out. */
function withNames(
  text: string,
  mentions: readonly Mention[],
  names: readonly ListedName[],
  labels: readonly string[],
): { readonly mentions: readonly Mention[]; readonly left: readonly Refusal[] } {
  const left: Refusal[] = [];
  let tagged: TaggedText = { text, mentions };
  for (const name of names.toSorted((a, b) => b.surface.length - a.surface.length)) {
    const result = tagListedNames(tagged, [name], labels);
    if (result.ok) tagged = result;
    else left.push({ reason: result.problem, detail: result.detail, text: name.surface });
  }
  if (names.length === 0) return { mentions, left };
  // A list names what is to be found wherever it stands.
  const everywhere = tagOtherOccurrences(tagged);
  return { mentions: everywhere.ok ? everywhere.mentions : tagged.mentions, left };
}

function strayRefusal({ item: { text, problem } }: Said): Refusal {
  return problem === undefined
    ? { reason: 'not-given', detail: 'it is none of the texts that were given, word for word', text }
    : { reason: 'malformed', detail: problem, text };
}
