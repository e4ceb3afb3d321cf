import type { RunFolders } from '../corpus/paths.ts';
import { type Reading, type ReadingChoices, readingWith } from '../corpus/reading.ts';
import { reviewedSource } from './review/decisions.ts';
import { runFiles } from './runFiles.ts';

/** Lets the readers of `corpus/` recognise the folder of a run and read its reviewed texts. */
export const runFolders: RunFolders = {
  dataFile: (names) =>
    names.has(runFiles.accepted) && names.has(runFiles.ledger) ? runFiles.accepted : undefined,
  reviewed: reviewedSource,
};

/** A reading of files that also finds the texts of runs. */
export function newReading(choices: ReadingChoices = {}): Reading {
  return readingWith(runFolders, choices);
}
