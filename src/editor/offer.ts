import * as vscode from 'vscode';

/** A button of a message. */
export interface Action {
  readonly title: string;
  run(): unknown;
}

/** Leads to the Problems view. */
export const showPlaces: Action = {
  title: 'Show Places',
  run: () => vscode.commands.executeCommand('workbench.actions.view.problems'),
};

/**
 * Shows a message whose buttons do something. Returns at once: a command is over when its result is
 * there, not when the message about it is closed.
 */
export function offer(
  log: vscode.LogOutputChannel,
  severity: 'info' | 'warning' | 'error',
  message: string,
  actions: readonly Action[],
): void {
  const titles = actions.map(({ title }) => title);
  const show = {
    info: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[severity];
  const follow = async (): Promise<void> => {
    const chosen = await show(message, ...titles);
    await actions.find(({ title }) => title === chosen)?.run();
  };
  follow().catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
}
