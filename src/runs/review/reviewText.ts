import type { TaggedText } from '../../corpus/tagged/inlineTags.ts';
import type { JsonObject } from '../../foundation/json.ts';

/** The state of a text, after the run or after the review so far. */
export interface TextState {
  readonly isAccepted: boolean;
  readonly tagged: TaggedText;
  /** In relation runs: whether the pair is related, if known. */
  readonly related?: boolean;
}

/** One text of a run under review. */
export interface ReviewText {
  /** The key of its line: `accepted:12`. */
  readonly key: string;
  readonly file: 'accepted' | 'rejected';
  /** The line in `file`, from 1. */
  readonly line: number;
  /** The hash of the line, in hexadecimal. */
  readonly sha256: string;
  readonly id: string;
  /** Its provenance, as in accepted documents. */
  readonly meta: JsonObject;
  readonly style: string;
  /** Topics of its request. */
  readonly seeds: readonly string[];
  /** The index of its request; undefined if it is not in the ledger. */
  readonly request: number | undefined;
  /** Why the run rejected it. */
  readonly refusal: { readonly reason: string; readonly detail: string } | undefined;
  /** The original text with its tags if it was rejected and the tags cannot be read. */
  readonly unread: string | undefined;
  readonly given: TextState;
  now: TextState;
  /** Who decided last, and when; undefined if there is no decision. */
  reviewed: { readonly by: string; readonly at: string } | undefined;
}

/** A relation and the types of its ends. */
export interface RelationPair {
  readonly name: string;
  readonly head: string;
  readonly tail: string;
}

export interface RunReview {
  readonly folder: string;
  /** The run's name. */
  readonly run: string;
  readonly task: 'ner' | 're';
  /** The types that are tagged in its texts; in a relation run those of head and tail. */
  readonly labels: readonly string[];
  readonly relation: string | undefined;
  /** The relations of a run that names them. "relation" in a text's `meta` says which one it is about. */
  readonly pairs: readonly RelationPair[];
  /** Accepted texts in order, then rejected ones. */
  readonly texts: readonly ReviewText[];
}
