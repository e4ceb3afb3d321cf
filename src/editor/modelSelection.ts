import * as vscode from 'vscode';
import { UserError } from '../foundation/userError.ts';
import type { OpenProject } from '../project/projectPlaces.ts';
import type { ModelSelection } from '../tasks/models.ts';

/** What says which model is in use: the setting `chartmark.model`, and the open project. */
export function modelSelection(place: OpenProject | undefined): ModelSelection {
  return { place, setting: vscode.workspace.getConfiguration('chartmark').get('model', '').trim() };
}

/** Throws `UserError` if the workspace is not trusted: its model files are read by a native runtime. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new UserError('This workspace is not trusted, so its models are not used.', {
    nextStep: 'Run "Workspaces: Manage Workspace Trust" if you trust its author.',
  });
}
