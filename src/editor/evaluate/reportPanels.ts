import path from 'node:path';
import * as vscode from 'vscode';
import type { HostToPageMessage, PageToHostMessage, ReportPageState } from '../../../webview/protocol.ts';
import { renderMarkdown } from '../../evaluation/render/markdown.ts';
import type { Services } from '../services.ts';
import { showFailure } from '../showFailure.ts';
import { webviewPage } from '../webviewPage.ts';
import { exportReport } from './exportReport.ts';
import { openError } from './openError.ts';
import { readReport } from '../../tasks/reports.ts';

const viewType = 'chartmark.report';

/** The panels that show reports: one a file. */
export interface ReportPanels extends vscode.Disposable {
  /** Shows the report of `file`. Throws `UserError` when it is none. */
  show(file: string): Promise<void>;
}

/** Makes the panels, and brings those back that were open before the window was reloaded. */
export function registerReportPanels({ resources, log }: Pick<Services, 'resources' | 'log'>): ReportPanels {
  const open = new Map<string, vscode.WebviewPanel>();
  const page = webviewPage(resources, 'report', 'F1 Report');

  const fill = (panel: vscode.WebviewPanel, file: string): void => {
    open.set(file, panel);
    panel.title = path.basename(file, '.json');
    panel.onDidDispose(() => open.delete(file));
    panel.webview.onDidReceiveMessage((message: PageToHostMessage) => {
      answer(panel.webview, file, message).catch((error: unknown) => void showFailure(log, viewType, error));
    });
    page.fill(panel);
  };
  const serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(panel, state: ReportPageState | undefined) {
      if (state?.file === undefined) panel.dispose();
      else fill(panel, state.file);
    },
  });

  return {
    async show(file) {
      await readReport(file);
      const shown = open.get(file);
      if (shown !== undefined) {
        shown.reveal();
        await sendReport(shown.webview, file);
        return;
      }
      fill(vscode.window.createWebviewPanel(viewType, '', vscode.ViewColumn.Active, page.options), file);
    },
    dispose: () => void serializer.dispose(),
  };
}

async function answer(webview: vscode.Webview, file: string, message: PageToHostMessage): Promise<void> {
  switch (message.type) {
    case 'ready':
      return sendReport(webview, file);
    case 'openLocation':
      return openError(await readReport(file), folderOf(file), message);
    case 'openSource':
      return openSource(vscode.Uri.file(path.resolve(folderOf(file), message.file)));
    case 'exportReport':
      return exportReport(await readReport(file), file, message.format);
    case 'copyReport':
      await vscode.env.clipboard.writeText(renderMarkdown(await readReport(file)));
      vscode.window.setStatusBarMessage('Report copied as Markdown', 3000);
  }
}

/** A model is a folder: it is shown among the files. */
async function openSource(source: vscode.Uri): Promise<void> {
  const { type } = await vscode.workspace.fs.stat(source);
  const isFolder = (type & vscode.FileType.Directory) !== 0;
  await vscode.commands.executeCommand(isFolder ? 'revealInExplorer' : 'vscode.open', source);
}

async function sendReport(webview: vscode.Webview, file: string): Promise<void> {
  const message: HostToPageMessage = { type: 'showReport', report: await readReport(file), file };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- VS Code's webview takes no origin.
  await webview.postMessage(message);
}

/** A report names its sources as seen from the workspace folder. */
function folderOf(file: string): string {
  return (
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))?.uri.fsPath ?? path.dirname(path.dirname(file))
  );
}
