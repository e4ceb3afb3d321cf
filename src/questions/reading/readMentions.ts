import type { Mention, TaggedText } from '../../corpus/tagged/inlineTags.ts';
import { tagListedNames } from '../../corpus/tagged/listedNames.ts';
import { tagOtherOccurrences } from '../../corpus/tagged/otherOccurrences.ts';
import { namesInFields } from '../../corpus/tagged/readTaggedItem.ts';
import { answerIn } from '../../llm/reply/answer/answerIn.ts';
import { parseReply } from '../../llm/reply/parseReply.ts';
import type { ListedName } from '../../llm/reply/namesInReply.ts';
import type { ReplyItem } from '../../llm/reply/replyItems.ts';
import type { Answer, Reading, Refusal } from '../engine/questionSet.ts';
import { alignMentions, alignWithoutMarker } from './alignMentions.ts';
import { readReplyText, type ReplyText, withoutTags } from './replyText.ts';
import { findReworded, type LeftTexts, matchJoined } from './unmatchedTexts.ts';

/** The mentions that a reply tags in the given texts, which are matched by their words in any order. */
export function readMentions(reply: string, given: readonly string[], labels: readonly string[]): Reading {
  return matchTexts(
    itemsOfReply(reply, labels).map((item) => readReplyText(item, labels)),
    given,
    labels,
  );
}

/** As `readMentions`, for texts whose tags were read already. */
export function matchTexts(
  texts: readonly ReplyText[],
  given: readonly string[],
  labels: readonly string[],
): Reading {
  const answers = given.map((): Answer | undefined => undefined);
  const left = new Map(given.entries());
  const refused = new Map<number, Refusal>();
  const unmatched: ReplyText[] = [];
  const refusals: Refusal[] = [];
  for (const text of texts) {
    const { item, problem } = text;
    const match = matchAmong(left, text);
    if (match !== undefined) {
      const named = addListedNames(match, namesOf(item, match.mentions, labels), labels);
      answers[match.position] = { mentions: named.mentions };
      refusals.push(...named.refusals);
      left.delete(match.position);
      continue;
    }
    const position = problem === undefined ? undefined : positionAmong(left, withoutTags(item.text));
    if (problem === undefined || position === undefined) {
      unmatched.push(text);
    } else {
      refused.set(position, { ...problem, text: item.text });
      left.delete(position);
    }
  }
  const joined = matchJoined(left, unmatched);
  for (const [position, mentions] of joined) {
    answers[position] = { mentions };
    left.delete(position);
  }
  if (joined.size === 0) refusals.push(...unmatched.map(refuseUnmatched));
  const reworded = findReworded(left, unmatched);
  const unanswered = given.flatMap((text, position) =>
    answers[position] === undefined
      ? [refused.get(position) ?? refuseLeft(text, reworded.has(position))]
      : [],
  );
  return { answers, refusals: [...refusals, ...unanswered] };
}

/** No request has as many texts. */
const mostLines = 2000;

/** The texts of a reply. Some models write the tagged texts without JSON; JSON without texts cannot be used. */
export function itemsOfReply(reply: string, labels: readonly string[]): readonly ReplyItem[] {
  const items = parseReply(reply, { labels });
  const answer = answerIn(reply, labels);
  if (items.length > 0 || answer === '') return items;
  if (/^(?:```\w*\s*)?[[{]\s*(?:["'[{\]}]|$)/.test(answer)) {
    return [{ text: answer, problem: 'the reply holds no list of texts' }];
  }
  return answer
    .split('\n', mostLines)
    .filter((line) => line.trim() !== '')
    .map((text) => ({ text }));
}

interface Match extends TaggedText {
  readonly position: number;
}

/** The first remaining text with the same words as one of the readings. */
function matchAmong(left: LeftTexts, { readings }: ReplyText): Match | undefined {
  for (const align of [alignMentions, alignWithoutMarker]) {
    for (const [position, text] of left) {
      for (const reading of readings) {
        const mentions = align(text, reading);
        if (mentions !== undefined) return { position, text, mentions };
      }
    }
  }
  return undefined;
}

function positionAmong(left: LeftTexts, words: string): number | undefined {
  for (const [position, text] of left) {
    if (alignMentions(text, { text: words, mentions: [] }) !== undefined) return position;
  }
  return undefined;
}

function namesOf(
  item: ReplyItem,
  mentions: readonly Mention[],
  labels: readonly string[],
): readonly ListedName[] {
  return item.names ?? (mentions.length === 0 ? namesInFields(item, labels) : []);
}

/** Tags the names that a reply lists for a text, wherever they occur. Names that do not occur are refused. */
function addListedNames(
  { text, mentions }: TaggedText,
  names: readonly ListedName[],
  labels: readonly string[],
): { readonly mentions: readonly Mention[]; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = [];
  let tagged: TaggedText = { text, mentions };
  for (const name of names.toSorted((a, b) => b.surface.length - a.surface.length)) {
    const result = tagListedNames(tagged, [name], labels);
    if (result.ok) tagged = result;
    else refusals.push({ reason: result.problem, detail: result.detail, text: name.surface });
  }
  if (names.length === 0) return { mentions, refusals };
  const everywhere = tagOtherOccurrences(tagged);
  return { mentions: everywhere.ok ? everywhere.mentions : tagged.mentions, refusals };
}

function refuseUnmatched({ item: { text, problem } }: ReplyText): Refusal {
  return problem === undefined
    ? { reason: 'not-given', detail: 'it does not match any given text word for word', text }
    : { reason: 'malformed', detail: problem, text };
}

function refuseLeft(text: string, isReworded: boolean): Refusal {
  return isReworded
    ? { reason: 'reworded', detail: 'the reply changed its words, so mentions cannot be located in it', text }
    : { reason: 'missing', detail: 'the reply does not contain it', text };
}
