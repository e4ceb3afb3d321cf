import path from 'node:path';
import { visibleName } from '../foundation/visibleText.ts';
import type { WorkerClient } from '../process/client.ts';

/** What every command is given: where the shipped files lie, where to write, and when to stop. */
export interface CliContext {
  /** The package's own folder: `models/`, `lexicon/` and `samples/` lie in it. */
  readonly resources: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly worker: WorkerClient;
  /** Puts a question; absent where nobody is there to answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** A line of the result, on standard output. */
  print(line: string): void;
  /** A line about the work, on standard error. */
  note(line: string): void;
}

/** A path as the person would type it: relative when it lies below the current folder. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), path.resolve(file));
  return visibleName(relative === '' ? '.' : relative.startsWith('..') ? path.resolve(file) : relative);
}
