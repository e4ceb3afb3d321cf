import path from 'node:path';
import type * as vscode from 'vscode';
import { UserError } from '../foundation/userError.ts';
import type { OpenProject } from '../project/projectPlaces.ts';
import { syntheticRuns } from '../tasks/dataFiles.ts';
import { askOne } from './ask.ts';

/**
 * The folder of the run that a command is about: that of its answers, that of the file that was clicked, the only one,
 * or the one that the user chooses. Throws `UserError` if there is none, or `CancelledError`.
 */
export async function runOf(
  title: string,
  { synthetic }: OpenProject,
  {
    answers,
    uri,
  }: { readonly answers?: { readonly folder?: string } | undefined; readonly uri?: vscode.Uri | undefined },
): Promise<string> {
  if (answers?.folder !== undefined) return answers.folder;
  // A run is shown as the file of its accepted texts.
  if (uri !== undefined) return path.dirname(uri.fsPath);
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
