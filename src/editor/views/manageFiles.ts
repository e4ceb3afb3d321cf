import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../foundation/userError.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { askConsent } from '../ask.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';

/** `chartmark.reveal` and `chartmark.delete`, for the rows of the side panel. */
export function registerManageFiles({ commands, projects }: Services): vscode.Disposable {
  return vscode.Disposable.from(
    commands.register('chartmark.reveal', async ({ answers, uri }) => {
      const target = vscode.Uri.file(ownFolder(answers?.file ?? required(uri)));
      await vscode.commands.executeCommand('revealInExplorer', target);
      return target.fsPath;
    }),
    commands.register('chartmark.delete', async ({ answers, uri }) => {
      const file = answers?.file ?? required(uri);
      const target = ownFolder(file);
      const kind = kindOf(target, await openProject(projects, vscode.Uri.file(file)));
      if (answers?.confirmed !== true) await askToDelete(kind, target);
      await remove(vscode.Uri.file(target));
      return target;
    }),
  );
}

function required(uri: vscode.Uri | undefined): string {
  if (uri !== undefined) return uri.fsPath;
  throw new UserError('No run, model or report was chosen.', {
    nextStep: 'Use the context menu of a row in the Chartmark view.',
  });
}

/** A run is shown as the file of its accepted texts, and is the folder around it. */
function ownFolder(file: string): string {
  return path.basename(file) === runFiles.accepted ? path.dirname(file) : file;
}

/** Only what lies directly where Chartmark keeps such things is deleted. Throws `UserError` for anything else. */
function kindOf(target: string, { synthetic, models, reports }: OpenProject): string {
  const kinds = new Map([
    [synthetic, 'run'],
    [models, 'model'],
    [reports, 'report'],
  ]);
  const kind = kinds.get(path.dirname(target));
  if (kind !== undefined) return kind;
  throw new UserError('This is not a run, a model or a report of this project, so it is not deleted.', {
    place: { file: target },
    nextStep: 'Delete it in the Explorer.',
  });
}

const whatElse: Readonly<Record<string, string>> = {
  run: 'Its texts, the ledger of its requests, and your review of it are deleted.',
  model: 'The folder of the model is deleted with everything in it.',
  report: 'The report is deleted. What was scored stays.',
};

async function askToDelete(kind: string, target: string): Promise<void> {
  await askConsent(`Delete the ${kind} ${path.basename(target)}?`, whatElse[kind] ?? '', 'Delete');
}

/** Into the trash where there is one; a file system without one is asked about again. */
async function remove(target: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(target, { recursive: true, useTrash: true });
  } catch {
    const question = `${path.basename(target.path)} cannot be moved to the trash. Delete it for good?`;
    await askConsent(question, 'It cannot be restored.', 'Delete for Good');
    await vscode.workspace.fs.delete(target, { recursive: true });
  }
}
