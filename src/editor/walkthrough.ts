import * as vscode from 'vscode';
import { registerCommand } from './commandRunner.ts';
import type { Services } from './services.ts';

/** `chartmark.openWalkthrough` and `chartmark.showLog`. */
export function registerWalkthrough(services: Services, extensionId: string): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(services, 'chartmark.openWalkthrough', async () => {
      await vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${extensionId}#chartmark.start`,
        false,
      );
    }),
    registerCommand(services, 'chartmark.showLog', () => services.log.show()),
  );
}
