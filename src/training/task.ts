import type { Tokenizer } from '../model/tokenizer/types.ts';
import type { Sequence } from './sequenceBatches.ts';
import type { Head } from './parameters.ts';

/** How text becomes the model's input. */
export interface Encoding {
  readonly tokenizer: Tokenizer;
  readonly labels: readonly string[];
  /** Most tokens of a sequence beside [CLS] and [SEP]. */
  readonly capacity: number;
}

/** Labelled examples of a task, and all that differs between tasks. */
export interface TaskData {
  readonly head: Head['kind'];
  /** By example: what it belongs to (a document, say), which must not be cut in two. */
  readonly groups: readonly string[];
  /** By example: tags to score by. */
  readonly gold: readonly (readonly string[])[];
  /** The model's labels, in the order of their ids. Throws `UserError` when there is nothing to learn. */
  labels(): readonly string[];
  /** The examples at these places. */
  select(places: readonly number[]): TaskData;
  encode(encoding: Encoding): EncodedData;
  /** The example as text, for the record of what was trained on. */
  line(place: number): string;
}

export interface EncodedData {
  readonly sequences: readonly Sequence[];
  /** Takes in the logits of a sequence: as many rows as it has labels. */
  collect(sequence: number, logits: Float32Array): void;
  /** By example: the tags that the collected logits give. */
  tags(): readonly (readonly string[])[];
}
