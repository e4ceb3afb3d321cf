import type { Tokenizer } from '../model/tokenizer/types.ts';
import type { Sequence } from './sequenceBatches.ts';
import type { Head } from './parameters.ts';

/** How text is converted to the input of the model. */
export interface Encoding {
  readonly tokenizer: Tokenizer;
  readonly labels: readonly string[];
  /** The most tokens of a sequence besides [CLS] and [SEP]. */
  readonly capacity: number;
}

/** Labelled examples of a task, with everything that differs between tasks. */
export interface TaskData {
  readonly head: Head['kind'];
  /** By example: the group that it belongs to, such as a document, which must not be split. */
  readonly groups: readonly string[];
  /** By example: the correct tags. */
  readonly gold: readonly (readonly string[])[];
  /** The model's labels, in the order of their ids. Throws `UserError` if there is nothing to learn. */
  labels(): readonly string[];
  /** The examples at these places. */
  select(places: readonly number[]): TaskData;
  encode(encoding: Encoding): EncodedData;
  /** The words of the example, without its labels. */
  text(place: number): string;
  /** The example as text, for the hash of the data. */
  line(place: number): string;
}

export interface EncodedData {
  readonly sequences: readonly Sequence[];
  /** Stores the logits of a sequence, one row per label of it. */
  collect(sequence: number, logits: Float32Array): void;
  /** By example: the tags from the collected logits. */
  tags(): readonly (readonly string[])[];
}
