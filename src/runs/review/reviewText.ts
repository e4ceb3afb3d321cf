import type { TaggedText } from '../../corpus/tagged/inlineTags.ts';
import type { JsonObject } from '../../foundation/json.ts';

/** A text as a run left it, or as a review has it now. */
export interface TextState {
  readonly isAccepted: boolean;
  readonly tagged: TaggedText;
  /** Of a relation sentence: whether its pair is related, as far as that was said. */
  readonly related?: boolean;
}

/** One text of a run under review. */
export interface ReviewText {
  /** Of the line it stands on: `accepted:12`. */
  readonly key: string;
  readonly file: 'accepted' | 'rejected';
  /** Of that file, from 1. */
  readonly line: number;
  /** Of the line, in hexadecimal. */
  readonly sha256: string;
  readonly id: string;
  /** Where it came from, as accepted documents say it. */
  readonly meta: JsonObject;
  readonly style: string;
  /** Names that the text was to be written about. */
  readonly seeds: readonly string[];
  /** The request that brought it; nothing where the ledger does not tell. */
  readonly request: number | undefined;
  /** Why the run refused it. */
  readonly refusal: { readonly reason: string; readonly detail: string } | undefined;
  /** The text with its tags as it came, for a refused one whose tags could not be read. */
  readonly unread: string | undefined;
  readonly given: TextState;
  /** As it is now. */
  now: TextState;
  /** Who decided last, and when; nothing while it is as the run left it. */
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
  /** The types that its texts tag; of a relation run the head's and the tail's. */
  readonly labels: readonly string[];
  /** Of a relation run. */
  readonly relation: string | undefined;
  /** Of a run that names its relations: these; a text's "relation" in `meta` says which one it is about. */
  readonly pairs: readonly RelationPair[];
  /** Accepted texts in their order, then rejected ones. */
  readonly texts: readonly ReviewText[];
}
