import { refusalDetails } from '../../llm/refusalDetails.ts';
import type { CompletionReply } from '../../llm/provider.ts';
import type { Answer, GivenText, Reading, Refusal } from './question.ts';

/** What a reply says of its questions, and those that are asked again because it was too much for the model. */
export interface PartialReading extends Reading {
  /** Positions of questions, for each request that asks about them again; none where nothing is asked again. */
  readonly again: readonly (readonly number[])[];
}

/**
 * Reads a reply. What a request that is too long asked, and what a reply that was cut off left out, is asked
 * again in halves; one question alone that is still too much is refused. `placeOf` says where a question stands.
 */
export function readPart<Q extends GivenText>(
  { refused, text, truncated }: CompletionReply,
  questions: readonly Q[],
  {
    read,
    placeOf,
  }: {
    readonly read: (reply: string, questions: readonly Q[]) => Reading;
    readonly placeOf: (position: number) => string | undefined;
  },
): PartialReading {
  if (refused !== undefined && refused !== 'too-long') {
    return {
      ...noAnswers(questions, (question) => refusal(refused, refusalDetails[refused], question)),
      again: [],
    };
  }
  const reading = refused === undefined ? read(text, questions) : noAnswers(questions);
  if (refused === undefined && truncated !== true) return { ...reading, again: [] };
  const left = questions.flatMap((_, position) =>
    reading.answers[position] === undefined ? [position] : [],
  );
  if (questions.length > 1) {
    const texts = new Set(left.map((position) => questions[position]?.text));
    const refusals = reading.refusals.filter((one) => !texts.has(one.text) && !ofTornText.has(one.reason));
    return { answers: reading.answers, refusals, again: halves(left) };
  }
  const [question] = questions;
  if (left.length === 0 || question === undefined) return { ...reading, again: [] };
  const reason = refused ?? 'cut-off';
  const detail = refused === undefined ? cutOff : refusalDetails[refused];
  const place = placeOf(0);
  const said = place === undefined ? detail : `${place}: ${detail}`;
  return { answers: reading.answers, refusals: [refusal(reason, said, question)], again: [] };
}

const cutOff =
  'the reply was cut off at the most tokens that it may have ("maxOutputTokens", or the model\'s own limit)';

/** Reasons of what is left of a text where a reply breaks off. */
const ofTornText = new Set(['malformed', 'not-given']);

function refusal(reason: string, detail: string, { text }: GivenText): Refusal {
  return { reason, detail, text };
}

function noAnswers<Q extends GivenText>(questions: readonly Q[], refuse?: (question: Q) => Refusal): Reading {
  return {
    answers: questions.map((): Answer | undefined => undefined),
    refusals: refuse === undefined ? [] : questions.map(refuse),
  };
}

function halves<T>(items: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)].filter(({ length }) => length > 0);
}
