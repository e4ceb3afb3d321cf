import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { OpenProject } from './projects.ts';

/** More files than that are not listed: nobody chooses from such a list. */
const mostFiles = 500;

/** A finished or running generation. */
export interface SyntheticRun {
  readonly name: string;
  readonly folder: string;
  /** Its accepted texts, JSONL. */
  readonly accepted: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

/** The runs of a project that have accepted texts, the newest first. */
export async function syntheticRuns(synthetic: string): Promise<readonly SyntheticRun[]> {
  const names = await readdir(synthetic).catch(() => []);
  const runs = await Promise.all(
    names.map(async (name) => {
      const folder = path.join(synthetic, name);
      const accepted = path.join(folder, 'accepted.jsonl');
      const found = await stat(accepted).catch(() => undefined);
      return found === undefined || found.size === 0
        ? undefined
        : { name, folder, accepted, changed: found.mtimeMs };
    }),
  );
  return runs.filter((run) => run !== undefined).sort((a, b) => b.changed - a.changed);
}

/** The annotated files of a project outside its synthetic runs, models and reports, by name. */
export function annotatedFiles(place: OpenProject): Promise<readonly string[]> {
  return ownFiles(place, 'bio,conll,iob,iob2,ann,jsonl');
}

/** Its texts of any kind, annotated or not; of a brat pair the text. */
export function noteFiles(place: OpenProject): Promise<readonly string[]> {
  return ownFiles(place, 'txt,bio,conll,iob,iob2,jsonl');
}

async function ownFiles(
  { folder, synthetic, models, reports }: OpenProject,
  extensions: string,
): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, `**/*.{${extensions}}`),
    '**/{node_modules,.git}/**',
    mostFiles,
  );
  const files = found.map(({ fsPath }) => fsPath);
  // What else asks a language model keeps its requests and replies beside a ledger.
  const asked = new Set(
    files.filter((file) => path.basename(file) === 'ledger.jsonl').map((file) => path.dirname(file)),
  );
  return files
    .filter((file) => ![synthetic, models, reports].some((made) => file.startsWith(`${made}${path.sep}`)))
    .filter((file) => !asked.has(path.dirname(file)))
    .sort();
}
