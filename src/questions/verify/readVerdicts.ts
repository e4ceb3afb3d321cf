import type { Answer, Reading, Refusal } from '../engine/question.ts';
import { readTexts, textsOf } from '../reading/readMentions.ts';
import { type Said, strictReadingsOf } from '../reading/said.ts';
import { settleMentions } from '../../corpus/tagged/settleMentions.ts';
import type { ReplyItem } from '../../llm/reply/replyItems.ts';
import { keepWord } from './verifyRequest.ts';
import { isSameLabelling } from './changes.ts';
import type { VerifyQuestion } from './verifyQuestion.ts';

const keeps = new RegExp(`^\\W*(?:${keepWord}|kept|unchanged|no changes?)\\W*$`, 'i');

/** A line of a reply that is no JSON: "3. keep". */
const keptLine = /^\W*?(\d{1,3})\s*[.):-]\s*\W*(?:keep|kept|unchanged)\W*$/i;

/**
 * What a reply makes of the given texts: their mentions as they were, where it keeps them, or as it tags them. A text
 * whose words it changes, that it leaves out or answers in two ways, or whose tags `generate` would not take, is
 * refused with its reason; so is all that it changes when it has forgotten how to tag.
 */
export function readVerdicts(
  reply: string,
  questions: readonly VerifyQuestion[],
  labels: readonly string[],
): Reading {
  const items = itemsOf(reply);
  const kept = keptPositions(items, questions.length);
  const rest = questions.filter((_, position) => !kept.has(position));
  const isMarkUsed = questions.some(({ text }) => emphasised.test(text));
  const read = readTexts(
    items
      .filter(({ text }) => !keeps.test(text))
      .map((item) => (isMarkUsed ? strictReadingsOf(item, labels) : readUnmarked(item, labels))),
    rest.map(({ text }) => text),
    labels,
  );
  const changed = usable(read, rest, kept.size > 0);
  const answers: (Answer | undefined)[] = [];
  let next = 0;
  for (const [position, { mentions }] of questions.entries()) {
    answers.push(kept.has(position) ? { mentions } : changed.answers[next++]);
  }
  return { answers, refusals: changed.refusals };
}

/** Words in bold that hold no tag: markup that stands where a tag should. */
const emphasised = /(\*\*|__)(?=[^\s*_])[^*_<>]+\1/;

function readUnmarked(item: ReplyItem, labels: readonly string[]): Said {
  if (!emphasised.test(item.text)) return strictReadingsOf(item, labels);
  const problem = { reason: 'malformed', detail: 'it has markup in the place of tags' };
  return { item: { ...item, text: item.text.replaceAll(/\*\*|__/g, '') }, readings: [], problem };
}

/** Without the answers whose mentions are no names, or that are without tags where all are. */
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
      more.push({ reason: 'untagged', detail: 'the reply has no tag in any text, and they had some', text });
      return undefined;
    }
    const settled = settleMentions({ ok: true, text, mentions: answer.mentions });
    if (settled.ok) return { ...answer, mentions: settled.mentions };
    more.push({ reason: settled.problem, detail: settled.detail, text });
    return undefined;
  });
  return { answers: taken, refusals: [...refusals, ...more] };
}

function itemsOf(reply: string): readonly ReplyItem[] {
  return textsOf(reply).map((item) => {
    const [, number] = item.number === undefined ? (keptLine.exec(item.text) ?? []) : [];
    return number === undefined ? item : { text: keepWord, number: Number(number) };
  });
}

/** Without numbers only the order tells, and only when there is an answer for each text. */
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
