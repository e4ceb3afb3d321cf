import * as vscode from 'vscode';
import type { Services } from './services.ts';

/** `chartmark.openWalkthrough` and `chartmark.showLog`. */
export function registerWalkthrough(services: Services, extensionId: string): vscode.Disposable {
  return vscode.Disposable.from(
    services.commands.register('chartmark.openWalkthrough', async () => {
      await vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${extensionId}#chartmark.start`,
        false,
      );
    }),
    services.commands.register('chartmark.showLog', () => services.log.show()),
  );
}
