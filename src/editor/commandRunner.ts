import * as vscode from 'vscode';
import type { Services } from './services.ts';
import { type Failure, showFailure } from './showFailure.ts';

/** Every command of the extension. Their titles stand in package.json. */
export type CommandId =
  | 'chartmark.generate'
  | 'chartmark.resumeRun'
  | 'chartmark.manageBatches'
  | 'chartmark.collectTopics'
  | 'chartmark.previewPrompt'
  | 'chartmark.editPrompt'
  | 'chartmark.findPrompt'
  | 'chartmark.review'
  | 'chartmark.verify'
  | 'chartmark.findCopies'
  | 'chartmark.train'
  | 'chartmark.showTraining'
  | 'chartmark.downloadEncoder'
  | 'chartmark.annotate'
  | 'chartmark.extract'
  | 'chartmark.findIdentifiers'
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
export type Outcome<R> = { readonly kind: 'done'; readonly result: R } | Failure;

/**
 * Registers a command whose failures are shown. Its argument is whatever the caller passes: menus pass a
 * `Uri`, the palette nothing.
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
      return showFailure(services.log, id, error);
    }
  });
}
