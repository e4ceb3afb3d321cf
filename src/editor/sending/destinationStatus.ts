import * as vscode from 'vscode';
import type { Destination } from '../../llm/provider.ts';

/** What a run sends: prompts without any text of the workspace, or texts of it. */
type Sent = 'prompts' | 'texts';

/** Shows in the status bar where requests go as long as a run lasts. Disposing takes it away. */
export function showDestination(
  { kind, host }: Destination,
  model: string,
  sent: Sent = 'prompts',
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('chartmark.destination', vscode.StatusBarAlignment.Left, 50);
  const isLocal = kind === 'local';
  item.name = 'Chartmark Destination';
  item.text = `${isLocal ? '$(device-desktop)' : '$(cloud-upload)'} ${model} at ${host}`;
  item.tooltip = isLocal
    ? `Chartmark is querying ${model} on this computer (${host}). Nothing leaves this computer.`
    : sent === 'texts'
      ? `Chartmark sends a text of this workspace to ${host}, model ${model}, as you agreed.`
      : `Chartmark sends prompts to ${host}, model ${model}. They contain no text of this workspace.`;
  item.accessibilityInformation = { label: `Chartmark: ${model} at ${host}, ${kind}` };
  if (!isLocal) item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  item.show();
  return item;
}
