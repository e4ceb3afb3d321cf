import type { TaggedText } from '../../corpus/tagged/inlineTags.ts';
import type { JsonObject } from '../../foundation/json.ts';

/** A text as the run left it, or as it is after the review so far. */
export interface TextState {
  readonly isAccepted: boolean;
  readonly tagged: TaggedText;
  /** Of a relation sentence: whether its pair is related, if that is known. */
  readonly related?: boolean;
}

/** One text of a run under review. */
export interface ReviewText {
  /** Names its line: `accepted:12`. */
  readonly key: string;
  readonly file: 'accepted' | 'rejected';
  /** Of that file, from 1. */
  readonly line: number;
  /** Of the line, in hexadecimal. */
  readonly sha256: string;
  readonly id: string;
  /** Its provenance, as in accepted documents. */
  readonly meta: JsonObject;
  readonly style: string;
  /** Topics of its request. */
  readonly seeds: readonly string[];
  /** The request that it came from. Undefined if the ledger does not say. */
  readonly request: number | undefined;
  /** Why the run rejected it. */
  readonly refusal: { readonly reason: string; readonly detail: string } | undefined;
  /** Of a rejected text whose tags could not be read: the text as it came, with its tags. */
  readonly unread: string | undefined;
  readonly given: TextState;
  /** As it is now. */
  now: TextState;
  /** Who decided last, and when. Undefined while it is as the run left it. */
  reviewed: { readonly by: string; readonly at: string } | undefined;
}

/** A relation and the types of its ends. */
export interface RelationPair {
  readonly name: string;
  readonly head: string;
  readonly tail: string;
}

/** A run whose texts are reviewed. */
export interface RunReview {
  readonly folder: string;
  /** The run's name. */
  readonly run: string;
  readonly task: 'ner' | 're';
  /** The types that its texts tag; of a relation run those of head and tail. */
  readonly labels: readonly string[];
  /** Of a relation run. */
  readonly relation: string | undefined;
  /** The relations of a run that names them. "relation" in a text's `meta` says which one it is about. */
  readonly pairs: readonly RelationPair[];
  /** Accepted texts in their order, then rejected ones. */
  readonly texts: readonly ReviewText[];
}
