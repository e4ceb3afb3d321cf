import type { RunFolders } from '../corpus/paths.ts';
import { reviewedSource } from './review/decisions.ts';
import { runFiles } from './runFiles.ts';

/** How the readers of `corpus/` know the folder of a run, and read its accepted texts as a review leaves them. */
export const runFolders: RunFolders = {
  dataFile: (names) =>
    names.has(runFiles.accepted) && names.has(runFiles.ledger) ? runFiles.accepted : undefined,
  reviewed: reviewedSource,
};
