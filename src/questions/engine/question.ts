import type { Mention } from '../../corpus/tagged/inlineTags.ts';

/** A sentence whose mentions are asked for. */
export interface MentionQuestion {
  readonly task: 'ner';
  readonly text: string;
}

/** A text with two mentions, masked or marked, whose relation is asked for. */
export interface RelationQuestion {
  readonly task: 're';
  readonly text: string;
  /** Names of the relations that could hold. */
  readonly relations: readonly string[];
}

/** Anything that is asked about a text. */
export interface GivenText {
  readonly text: string;
}

export type Question = MentionQuestion | RelationQuestion;

export interface Answer {
  /** Of a sentence: UTF-16 offsets of its text, in text order, apart from each other. */
  readonly mentions: readonly Mention[];
  /** Of a pair: the name of the relation that holds; absent when none does. */
  readonly relation?: string;
}

/** What could not be used of a reply, and why. */
export interface Refusal {
  readonly reason: string;
  readonly detail: string;
  /** As it came, or the question that has no answer. */
  readonly text: string;
}

/** What a reply says about the questions of its request. */
export interface Reading {
  /** In the order of the questions; undefined where the reply has no usable answer. */
  readonly answers: readonly (Answer | undefined)[];
  readonly refusals: readonly Refusal[];
}

/** Questions that are put in one request. */
export type Batch = readonly Question[];

/** Characters of a request's texts, beside the first: long requests are answered with less care. */
const mostCharacters = 3000;

/** Of a request: with more of them models begin to leave some out. */
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
