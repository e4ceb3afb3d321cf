import * as vscode from 'vscode';
import { UserError } from '../foundation/userError.ts';
import type { Action } from './offer.ts';

/** Something that a workspace may do only once the user trusts it. Its message offers to do so. */
export class TrustError extends UserError {}

/** Leads to the editor's page about trust. */
export const manageTrust: Action = {
  title: 'Manage Trust',
  run: () => vscode.commands.executeCommand('workbench.trust.manage'),
};

/** Throws `TrustError` if the workspace is not trusted: its model files are read by a native runtime. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new TrustError('This workspace is not trusted, so its models are not used.', {
    nextStep: 'Choose "Manage Trust" if you trust its author.',
  });
}

/** What a prompt says comes from files of the workspace. Throws `TrustError` if it is not trusted. */
export function requireTrustToSend(): void {
  if (vscode.workspace.isTrusted) return;
  throw new TrustError('This workspace is not trusted, so none of it is sent.', {
    nextStep: 'Choose "Manage Trust" if you trust its author, or generate offline.',
  });
}
