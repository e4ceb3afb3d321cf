import * as vscode from 'vscode';
import type { Destination } from '../../synthesis/provider.ts';

/** Shows in the status bar where text is written as long as a run lasts. Disposing takes it away. */
export function showDestination({ kind, host }: Destination, model: string): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('chartmark.destination', vscode.StatusBarAlignment.Left, 50);
  const isLocal = kind === 'local';
  item.name = 'Chartmark Destination';
  item.text = `${isLocal ? '$(device-desktop)' : '$(cloud-upload)'} ${model} at ${host}`;
  item.tooltip = isLocal
    ? `Chartmark writes notes with ${model} on this computer (${host}). Nothing leaves it.`
    : `Chartmark sends prompts to ${host}, model ${model}. They hold no text of this workspace.`;
  item.accessibilityInformation = { label: `Chartmark: ${model} at ${host}, ${kind}` };
  if (!isLocal) item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  item.show();
  return item;
}
