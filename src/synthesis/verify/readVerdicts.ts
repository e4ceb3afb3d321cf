import type { Answer, Reading } from '../extract/question.ts';
import { readTexts, textsOf } from '../extract/readMentions.ts';
import type { ReplyItem } from '../reply/replyItems.ts';
import { keepWord } from './askToVerify.ts';
import type { VerifyQuestion } from './question.ts';

const keeps = new RegExp(`^\\W*(?:${keepWord}|kept|unchanged|no changes?)\\W*$`, 'i');

/** A line of a reply that is no JSON: "3. keep". */
const keptLine = /^\W*?(\d{1,3})\s*[.):-]\s*\W*(?:keep|kept|unchanged)\W*$/i;

/**
 * What a reply makes of the given texts: their mentions as they were, where it keeps them, or as it tags them. A text
 * whose words it changes is refused with its reason, as is one that it leaves out or answers in two ways.
 */
export function readVerdicts(
  reply: string,
  questions: readonly VerifyQuestion[],
  labels: readonly string[],
): Reading {
  const items = itemsOf(reply);
  const kept = keptPositions(items, questions.length);
  const isAsked = questions.map((_, position) => !kept.has(position));
  const rest = questions.filter((_, position) => isAsked[position]);
  const changed = readTexts(
    items.filter(({ text }) => !keeps.test(text)),
    rest.map(({ text }) => text),
    labels,
  );
  const answers: (Answer | undefined)[] = [];
  let next = 0;
  for (const [position, { mentions }] of questions.entries()) {
    answers.push(isAsked[position] === true ? changed.answers[next++] : { mentions });
  }
  return { answers, refusals: changed.refusals };
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
