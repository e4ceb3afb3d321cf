import path from 'node:path';
import type * as vscode from 'vscode';
import { UserError } from '../foundation/userError.ts';
import { askOne } from './ask.ts';
import { syntheticRuns } from './dataFiles.ts';
import type { OpenProject } from './projects.ts';

/** The folder of the run that a command is about: the one of its answers, that of the file that was clicked, or `askRun`'s. */
export async function runOf(
  title: string,
  place: OpenProject,
  {
    answers,
    uri,
  }: { readonly answers?: { readonly folder?: string } | undefined; readonly uri?: vscode.Uri | undefined },
): Promise<string> {
  // A run is shown by its accepted texts.
  const clicked = uri === undefined ? undefined : path.dirname(uri.fsPath);
  return answers?.folder ?? clicked ?? (await askRun(title, place));
}

/** The folder of a run: the one that there is, or the one that the user picks. Throws `UserError`, or `CancelledError`. */
async function askRun(title: string, { synthetic }: OpenProject): Promise<string> {
  const runs = await syntheticRuns(synthetic);
  const [only, ...more] = runs;
  if (only === undefined) {
    throw new UserError('There is no synthetic text yet.', {
      nextStep: 'Run "Chartmark: Generate Synthetic Notes" first.',
    });
  }
  if (more.length === 0) return only.folder;
  return askOne(
    title,
    'Which run?',
    runs.map(({ name, folder }) => ({ label: name, value: folder })),
  );
}
