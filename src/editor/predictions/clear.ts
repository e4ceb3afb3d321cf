import * as vscode from 'vscode';
import type { Services } from '../services.ts';

/** `chartmark.clearPredictions`: takes the model's mentions out of the active file, and keeps menus informed. */
export function registerClearPredictions(services: Services): vscode.Disposable {
  const { predictions } = services;
  const updateContext = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const shown = uri !== undefined && predictions.get(uri) !== undefined;
    void vscode.commands.executeCommand('setContext', 'chartmark.hasPredictions', shown);
  };
  return vscode.Disposable.from(
    services.commands.register('chartmark.clearPredictions', ({ uri: given }) => {
      const uri = given ?? vscode.window.activeTextEditor?.document.uri;
      if (uri !== undefined) predictions.clear(uri);
    }),
    predictions.onDidChange(updateContext),
    vscode.window.onDidChangeActiveTextEditor(updateContext),
  );
}
