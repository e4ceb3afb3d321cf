import type { ProblemCode } from './check/problem.ts';

/** What a reader needs to know about a file besides its content, and where it reports problems. */
export interface ReadContext {
  /** The path, for errors. */
  readonly file: string;
  /** The name of the file without its extension: the ID of its document, or the first part of the IDs of several. */
  readonly id: string;
  /**
   * Reports what was read, but differently from what the file says, or not completely. `line` counts from 1. `nextStep`
   * is a sentence, or empty if the message already says what to do.
   */
  readonly report: (line: number, code: ProblemCode, message: string, nextStep?: string) => void;
}
