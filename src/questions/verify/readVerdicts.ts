import { settleMentions } from '../../corpus/tagged/settleMentions.ts';
import type { ReplyItem } from '../../llm/reply/replyItems.ts';
import type { Reading, Refusal } from '../engine/questionSet.ts';
import { itemsOfReply, matchTexts } from '../reading/readMentions.ts';
import { readReplyTextStrictly, type ReplyText } from '../reading/replyText.ts';
import { isSameLabelling } from './changes.ts';
import { keepWord, type VerifyQuestion } from './verifyRequest.ts';

const keeps = new RegExp(`^\\W*(?:${keepWord}|kept|unchanged|no changes?)\\W*$`, 'i');

/** A line of a reply that is not JSON: "3. keep". */
const keptLine = /^\W{0,10}?(\d{1,3})\s{0,10}[.):-]\W{0,20}(?:keep|kept|unchanged)\W*$/i;

/**
 * The mentions of the given texts according to a reply, which keeps or changes them. A text is refused if the reply changes
 * its words, leaves it out or answers it in two ways, or if `generate` would not accept its tags. All changes are
 * refused if the reply has no tags at all.
 */
export function readVerdicts(
  reply: string,
  questions: readonly VerifyQuestion[],
  labels: readonly string[],
): Reading {
  const items = itemsOf(reply, labels);
  const kept = keptPositions(items, questions.length);
  const rest = questions.filter((_, position) => !kept.has(position));
  const isMarkUsed = questions.some(({ text }) => emphasised.test(text));
  const read = matchTexts(
    items
      .filter(({ text }) => !keeps.test(text))
      .map((item) => (isMarkUsed ? readReplyTextStrictly(item, labels) : readUnmarked(item, labels))),
    rest.map(({ text }) => text),
    labels,
  );
  const changed = usable(read, rest, kept.size > 0);
  const answers = changed.answers.values();
  return {
    answers: questions.map(({ mentions }, position) =>
      kept.has(position) ? { mentions } : answers.next().value,
    ),
    refusals: changed.refusals,
  };
}

/** Bold words without a tag: markup where a tag should be. */
const emphasised = /(\*\*|__)(?=[^\s*_])[^*_<>]+\1/;

function readUnmarked(item: ReplyItem, labels: readonly string[]): ReplyText {
  if (!emphasised.test(item.text)) return readReplyTextStrictly(item, labels);
  const problem = { reason: 'malformed', detail: 'it has markup instead of tags' };
  return { item: { ...item, text: item.text.replaceAll(/\*\*|__/g, '') }, readings: [], problem };
}

/** Refuses changes that `generate` would not accept, and all changes if the reply has no tags at all. */
function usable(
  { answers, refusals }: Reading,
  questions: readonly VerifyQuestion[],
  hasKept: boolean,
): Reading {
  const lost = questions.reduce((sum, { mentions }, position) => {
    const answer = answers[position];
    return answer?.mentions.length === 0 ? sum + mentions.length : sum;
  }, 0);
  const tagsSome = answers.some((answer) => answer !== undefined && answer.mentions.length > 0);
  // One mention may be wrong while the others are right.
  const tagsNothing = !tagsSome && lost > (hasKept ? 1 : 0);
  const more: Refusal[] = [];
  const taken = questions.map(({ text, mentions }, position) => {
    const answer = answers[position];
    if (answer === undefined || isSameLabelling(mentions, answer.mentions)) return answer;
    if (tagsNothing) {
      more.push({ reason: 'untagged', detail: 'the reply has no tags, although the texts had some', text });
      return undefined;
    }
    const settled = settleMentions({ ok: true, text, mentions: answer.mentions });
    if (settled.ok) return { ...answer, mentions: settled.mentions };
    more.push({ reason: settled.problem, detail: settled.detail, text });
    return undefined;
  });
  return { answers: taken, refusals: [...refusals, ...more] };
}

function itemsOf(reply: string, labels: readonly string[]): readonly ReplyItem[] {
  return itemsOfReply(reply, labels).map((item) => {
    const [, number] = item.number === undefined ? (keptLine.exec(item.text) ?? []) : [];
    return number === undefined ? item : { text: keepWord, number: Number(number) };
  });
}

/** Without numbers only the order counts, and only if there is an answer for each text. */
function keptPositions(items: readonly ReplyItem[], count: number): ReadonlySet<number> {
  const isWhole = items.length === count;
  return new Set(
    items.flatMap(({ text, number }, position) => {
      if (!keeps.test(text)) return [];
      const own = number === undefined ? (isWhole ? position : -1) : number - 1;
      return own >= 0 && own < count ? [own] : [];
    }),
  );
}
