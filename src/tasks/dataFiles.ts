import path from 'node:path';
import { newestFirst } from '../foundation/readFiles.ts';
import type { OpenProject } from '../project/projectPlaces.ts';
import { runFiles } from '../runs/runFiles.ts';

/** A generation run, finished or not. */
export interface SyntheticRun {
  readonly name: string;
  readonly folder: string;
  /** Its accepted texts, JSONL. */
  readonly accepted: string;
}

/** The runs in the folder `synthetic` that have accepted texts, the newest first. */
export async function syntheticRuns(synthetic: string): Promise<readonly SyntheticRun[]> {
  return (await newestFirst(synthetic, (folder) => path.join(folder, runFiles.accepted)))
    .filter(({ size }) => size > 0)
    .map(({ name, file }) => ({ name, folder: path.dirname(file), accepted: file }));
}

/**
 * The user's own files of a project folder, by name: not in its synthetic runs, models and reports, and not next to a ledger,
 * where other requests to a language model keep their texts and replies.
 */
export function ownFiles(
  { synthetic, models, reports }: OpenProject,
  files: readonly string[],
): readonly string[] {
  const asked = new Set(
    files.filter((file) => path.basename(file) === runFiles.ledger).map((file) => path.dirname(file)),
  );
  return files
    .filter((file) => ![synthetic, models, reports].some((made) => file.startsWith(`${made}${path.sep}`)))
    .filter((file) => !asked.has(path.dirname(file)))
    .toSorted();
}
