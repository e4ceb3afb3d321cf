import type { Mention } from '../../corpus/tagged/inlineTags.ts';
import type { RunDescription } from '../../runs/runDescription.ts';
import type { MeasuredRequest } from '../../llm/cost/measureRequest.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import type { Project } from '../../project/project.ts';

/** A question about a text that the model is given. */
export interface GivenText {
  readonly text: string;
}

/** The questions about given texts that one run sends to a model. */
export interface QuestionSet<Q extends GivenText> {
  readonly project: Project;
  /** The run's name. */
  readonly run: string;
  /** The contents of its run.json. Only a run with the same description can be resumed. */
  readonly description: RunDescription;
  /** The questions of each request. A request that is too much for the model is split. */
  readonly batches: readonly (readonly Q[])[];
  readonly compose: (
    questions: readonly Q[],
    at: { readonly index: number; readonly price: TokenPrice | undefined },
  ) => MeasuredRequest;
  readonly read: (reply: string, questions: readonly Q[]) => Reading;
  /** Where the text of a question is, in words. */
  readonly placeOf?: (number: number) => string | undefined;
}

export interface Answer {
  /** Of a text: UTF-16 offsets in it, in text order, without overlaps. */
  readonly mentions: readonly Mention[];
  /** Of a pair of mentions: the name of the relation that holds; undefined if none does. */
  readonly relation?: string;
}

/** A part of a reply that could not be used, and why. */
export interface Refusal {
  readonly reason: string;
  readonly detail: string;
  /** As the model wrote it, or the text of the question that has no answer. */
  readonly text: string;
}

export interface Reading {
  /** In the order of the questions; undefined if the reply has no usable answer. */
  readonly answers: readonly (Answer | undefined)[];
  readonly refusals: readonly Refusal[];
}

/** The most characters in a request with several texts: models answer long requests less carefully. */
const mostCharacters = 3000;

/** Questions per request. With more, models begin to leave some out. */
export const usualPerRequest = 10;

/** Questions in groups of at most `perRequest`, one for each request, in order. */
export function batchesOf<Q extends GivenText>(
  questions: readonly Q[],
  perRequest = usualPerRequest,
): readonly (readonly Q[])[] {
  const batches: Q[][] = [];
  let characters = 0;
  for (const question of questions) {
    const last = batches.at(-1);
    characters += question.text.length;
    if (last === undefined || last.length >= perRequest || characters > mostCharacters) {
      batches.push([question]);
      characters = question.text.length;
    } else {
      last.push(question);
    }
  }
  return batches;
}
