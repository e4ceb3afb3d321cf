import type { LayoutChoice } from '../bio/format.ts';

export interface CheckOptions {
  /** The labels of the project; any other label is reported. */
  readonly labels?: readonly string[] | undefined;
  /** The text that an .ann file annotates. Without it, offsets and words are not checked. */
  readonly text?: string | undefined;
  /** What a person said about the layout of the file. */
  readonly layout?: LayoutChoice | undefined;
}
