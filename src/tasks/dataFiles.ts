import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
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
  const names = await readdir(synthetic).catch(() => []);
  const runs = await Promise.all(
    names.map(async (name) => {
      const folder = path.join(synthetic, name);
      const accepted = path.join(folder, runFiles.accepted);
      const found = await stat(accepted).catch(() => undefined);
      return found === undefined || found.size === 0
        ? undefined
        : { name, folder, accepted, changed: found.mtimeMs };
    }),
  );
  return runs.filter((run) => run !== undefined).sort((a, b) => b.changed - a.changed);
}

/**
 * The files of a project folder that are a person's own, by name: neither in its synthetic runs, models and reports,
 * nor beside a ledger, where other requests to a language model keep their texts and replies.
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
