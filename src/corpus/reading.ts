import type { LayoutChoice } from './bio/format.ts';
import type { BioScheme } from './bio/scheme.ts';
import type { Problem } from './problem.ts';
import type { RunFolders } from './paths.ts';
import { type LineContext, problemReport, strictContext } from './readContext.ts';

/** How a person wants files to be read. */
export interface ReadingChoices {
  /** The layout of a file; detected where undefined. */
  readonly layoutOf?: ((file: string) => LayoutChoice) | undefined;
  /** The scheme whose rules the mentions of a BIO file should follow, given the scheme that its tags follow: by default that. */
  readonly schemeFor?: ((own: BioScheme) => BioScheme) | undefined;
}

/** How the files of one task are read, and what the task should tell the person about them. */
export interface Reading extends RunFolders, ReadingChoices {
  /** What was read differently from what a file says, or not completely. The readers add to it. */
  readonly problems: Problem[];
  /** The schemes that the tags of the BIO files follow. */
  readonly schemes: Set<BioScheme>;
}

export function readingWith(runs: RunFolders, choices: ReadingChoices = {}): Reading {
  return { ...runs, ...choices, problems: [], schemes: new Set() };
}

/** The context in which one file of a task is read. */
export function contextOf(reading: Reading, file: string, id: string, source: string): LineContext {
  return strictContext(
    file,
    id,
    problemReport(file, source, (problem) => reading.problems.push(problem)),
  );
}
