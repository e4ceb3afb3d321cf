import type { CompletionReply } from '../../llm/provider.ts';
import { answerIn } from '../../llm/reply/answer/answerIn.ts';
import { whyUnreadable } from '../../llm/reply/unreadable.ts';
import { refusalDetails } from '../../llm/refusalDetails.ts';
import type { Answer, GivenText, Reading, Refusal } from './questionSet.ts';

/** The answers in a reply, and the questions that are sent again because they were too much for the model. */
interface PartialReading extends Reading {
  /** Positions of questions, for each new request; empty if nothing is sent again. */
  readonly again: readonly (readonly number[])[];
}

interface Reader<Q> {
  readonly read: (reply: string, questions: readonly Q[]) => Reading;
  readonly placeOf: (position: number) => string | undefined;
}

/** Whether a request, or its reply, was too long for the model, so that its questions may be sent again in parts. */
export function isTooMuch({ refused, truncated }: CompletionReply): boolean {
  return refused === 'too-long' || (refused === undefined && truncated === true);
}

/**
 * Reads a reply. The questions of a request that was too long, and those that a reply was cut off before, are sent again
 * in halves. A single question that is still too much is refused.
 */
export function readReply<Q extends GivenText>(
  reply: CompletionReply,
  questions: readonly Q[],
  { read, placeOf }: Reader<Q>,
): PartialReading {
  const { refused, text } = reply;
  if (refused !== undefined && refused !== 'too-long') {
    const refusals = questions.map((question) => refusal(refused, refusalDetails[refused], question));
    return { answers: questions.map(() => undefined), refusals, again: [] };
  }
  const isEmpty = answerIn(text) === '';
  const { detail: whyEmpty } = whyUnreadable(reply);
  const nothing = { answers: questions.map((): Answer | undefined => undefined) };
  const empty = questions.map((question) => refusal('malformed', whyEmpty, question));
  const refusals = refused === undefined ? empty : [];
  const isReadable = refused === undefined && !isEmpty;
  const reading: Reading = isReadable ? read(text, questions) : { ...nothing, refusals };
  if (!isTooMuch(reply)) return { ...reading, again: [] };
  const left = questions.flatMap((_, position) =>
    reading.answers[position] === undefined ? [position] : [],
  );
  if (questions.length > 1) {
    const texts = new Set(left.map((position) => questions[position]?.text));
    const ofOthers = reading.refusals.filter((one) => !texts.has(one.text) && !ofTornText.has(one.reason));
    return { answers: reading.answers, refusals: ofOthers, again: halves(left) };
  }
  const [question] = questions;
  if (left.length === 0 || question === undefined) return { ...reading, again: [] };
  const place = placeOf(0);
  const detail = refused === undefined ? (isEmpty ? whyEmpty : cutOff) : refusalDetails[refused];
  const placed = place === undefined ? detail : `${place}: ${detail}`;
  return {
    answers: reading.answers,
    refusals: [refusal(refused ?? 'cut-off', placed, question)],
    again: [],
  };
}

const cutOff = 'the reply was cut off at its token limit ("maxOutputTokens" or the limit of the model)';

/** Refusal reasons of a text that is cut off by the end of a reply. */
const ofTornText = new Set(['malformed', 'not-given']);

function refusal(reason: string, detail: string, { text }: GivenText): Refusal {
  return { reason, detail, text };
}

function halves<T>(items: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)].filter(({ length }) => length > 0);
}
