import path from 'node:path';

/** A file to train on, and whether it is taken unless the user says otherwise. */
export interface TrainingFile {
  readonly file: string;
  readonly picked: boolean;
}

/** Names of files that are there to test on. */
const heldOut = /gold|test|dev|valid|pred/i;

/**
 * What to train on, the default first: the newest synthetic run; without one the files named for training,
 * or else all that are not named as held out.
 */
export function trainingFiles(
  runs: readonly string[],
  annotated: readonly string[],
): readonly TrainingFile[] {
  const named = annotated.filter((file) => /train/i.test(path.basename(file)));
  const usable = annotated.filter((file) => !heldOut.test(path.basename(file)));
  const newest = runs.slice(0, 1);
  const picked = new Set([newest, named, usable, annotated].find((files) => files.length > 0));
  return [...runs, ...annotated]
    .map((file) => ({ file, picked: picked.has(file) }))
    .sort((a, b) => Number(b.picked) - Number(a.picked));
}
