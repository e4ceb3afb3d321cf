import * as vscode from 'vscode';
import { CancelledError, UserError } from '../foundation/userError.ts';
import { failureText } from './failureText.ts';
import { placeOpener } from './openPlace.ts';
import { offer } from './offer.ts';
import type { Services } from './services.ts';

/** Every command of the extension. Their titles stand in package.json. */
export type CommandId =
  | 'chartmark.generate'
  | 'chartmark.train'
  | 'chartmark.annotate'
  | 'chartmark.savePredictions'
  | 'chartmark.clearPredictions'
  | 'chartmark.evaluate'
  | 'chartmark.showReport'
  | 'chartmark.openProject'
  | 'chartmark.openWalkthrough'
  | 'chartmark.openAsBio'
  | 'chartmark.selectModel'
  | 'chartmark.setApiKey'
  | 'chartmark.clearApiKey'
  | 'chartmark.showLog'
  | 'chartmark.refreshViews';

/** What `executeCommand` gives to a caller: the result, or how it failed, which the user has been told. */
export type Outcome<R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Registers a command. The one place where the editor renders failures: cancelling is quiet, an expected
 * failure is one sentence with a way to its place, a bug is a short message with the stack in the log only.
 *
 * The first argument is whatever the caller passes: menus pass a `Uri`, the palette nothing.
 */
export function registerCommand<R>(
  services: Pick<Services, 'log'>,
  id: CommandId,
  run: (argument: unknown) => R | Promise<R>,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (argument: unknown): Promise<Outcome<R>> => {
    try {
      return { kind: 'done', result: await run(argument) };
    } catch (error) {
      return reportFailure(services.log, id, error);
    }
  });
}

function reportFailure(
  log: vscode.LogOutputChannel,
  id: CommandId,
  error: unknown,
): Exclude<Outcome<never>, { kind: 'done' }> {
  if (error instanceof CancelledError) return { kind: 'cancelled' };
  if (error instanceof UserError) {
    const message = failureText(error, (file) => vscode.workspace.asRelativePath(file));
    log.warn(`${id}: ${message}`);
    offer(log, 'error', message, placeOpener(error.place));
    return { kind: 'failed', message };
  }
  const message = 'Chartmark failed unexpectedly. The log has the details; please report it.';
  log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  offer(log, 'error', message, [{ title: 'Show Log', run: () => log.show() }]);
  return { kind: 'failed', message };
}
