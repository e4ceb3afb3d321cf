import * as vscode from 'vscode';
import { CancelledError, UserError } from '../foundation/userError.ts';
import { offer } from './offer.ts';
import { placeOpener } from './openPlace.ts';
import { manageTrust, TrustError } from './trust.ts';

/** How something failed. The user has already seen it. */
export type Failure = { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly message: string };

/**
 * The one place where the editor renders failures: cancelling is quiet, an expected failure is one sentence with a way
 * to its place, a bug is a short message with the stack in the log only. `what` names the work in the log.
 */
export function showFailure(log: vscode.LogOutputChannel, what: string, error: unknown): Failure {
  if (error instanceof CancelledError) return { kind: 'cancelled' };
  if (error instanceof UserError) {
    const message = failureText(error);
    log.warn(`${what}: ${message}`);
    offer(log, 'error', message, error instanceof TrustError ? [manageTrust] : placeOpener(error.place));
    return { kind: 'failed', message };
  }
  const message = 'Chartmark failed unexpectedly. The log has the details; please report it.';
  log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  offer(log, 'error', message, [{ title: 'Show Log', run: () => log.show() }]);
  return { kind: 'failed', message };
}

/** What happened and what to do, as one message, with the place as it is seen from the workspace. */
export function failureText(error: UserError): string {
  return error.describe(({ file, line }) => {
    const shown = vscode.workspace.asRelativePath(file);
    return line === undefined ? shown : `${shown}, line ${line}`;
  });
}
