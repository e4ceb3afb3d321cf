import path from 'node:path';
import * as vscode from 'vscode';
import type { ExportFormat, ReportProtocol } from '../../../webview/report/protocol.ts';
import { renderMarkdown } from '../../evaluation/render/markdown.ts';
import type { Report } from '../../evaluation/report.ts';
import { UserError } from '../../foundation/userError.ts';
import { type ErrorPlace, findError } from '../../tasks/findError.ts';
import type { Page } from '../../tasks/pages/pageLink.ts';
import { reportReaders, reportState } from '../../tasks/pages/readers.ts';
import { readReport, reportFiles, writeReport } from '../../tasks/reports.ts';
import { registerPanels } from '../panels.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';

/** The panels that show reports, one for each file. */
export interface ReportPanels extends vscode.Disposable {
  /** Shows the report in `file`. Throws `UserError` if it holds none. */
  show(file: string): Promise<void>;
}

/**
 * Makes the panels, brings back those that were open before the window was reloaded, and registers
 * `chartmark.showReport`: the newest report, or the one that was clicked.
 */
export function registerReportPanels(services: Services): ReportPanels {
  const panels = registerPanels<ReportProtocol>(services, {
    name: 'report',
    pageTitle: 'F1 Report',
    readers: reportReaders,
    restore(state) {
      const kept = reportState.safeParse(state);
      return kept.success ? { key: kept.data.file, page: reportPage(kept.data.file) } : undefined;
    },
  });
  const show = (file: string): Promise<void> =>
    panels.show(file, async () => {
      // A file without a report opens no panel.
      await readReport(file);
      return reportPage(file);
    });
  const command = services.commands.register('chartmark.showReport', async ({ answers, uri }) => {
    const file = answers?.file ?? uri?.fsPath ?? (await newestReport(services));
    await show(file);
    return file;
  });
  return { show, dispose: () => void vscode.Disposable.from(command, panels).dispose() };
}

async function newestReport({ projects }: Services): Promise<string> {
  const [newest] = await reportFiles((await openProject(projects)).reports);
  if (newest !== undefined) return newest.file;
  throw new UserError('There is no report yet.', { nextStep: 'Run "Chartmark: Evaluate" to create one.' });
}

function reportPage(file: string): Page<ReportProtocol> {
  return {
    title: path.basename(file, '.json'),
    content: async () => ({ report: await readReport(file), file }),
    handlers: {
      openLocation: async (location) =>
        openError(await findError(await readReport(file), folderOf(file), location)),
      openSource: (source) => openSource(vscode.Uri.file(path.resolve(folderOf(file), source.file))),
      exportReport: async ({ format }) => exportReport(await readReport(file), file, format),
      async copyReport() {
        await vscode.env.clipboard.writeText(renderMarkdown(await readReport(file)));
        vscode.window.setStatusBarMessage('Report copied as Markdown', 3000);
      },
    },
  };
}

/** Opens the gold file beside the report, with the mention selected. */
async function openError(place: ErrorPlace): Promise<void> {
  const document = await vscode.workspace.openTextDocument(place.file);
  const selection =
    place.kind === 'lines'
      ? document.lineAt(place.first).range.union(document.lineAt(place.last).range)
      : new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
  await vscode.window.showTextDocument(document, { selection, viewColumn: vscode.ViewColumn.Beside });
}

/** A model is a folder: it is shown among the files. */
async function openSource(source: vscode.Uri): Promise<void> {
  const { type } = await vscode.workspace.fs.stat(source);
  const isFolder = (type & vscode.FileType.Directory) !== 0;
  await vscode.commands.executeCommand(isFolder ? 'revealInExplorer' : 'vscode.open', source);
}

/** A report names its sources as seen from the workspace folder. */
function folderOf(file: string): string {
  return (
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))?.uri.fsPath ?? path.dirname(path.dirname(file))
  );
}

const formats: Readonly<Record<ExportFormat, { readonly extension: string; readonly name: string }>> = {
  html: { extension: 'html', name: 'Web page' },
  markdown: { extension: 'md', name: 'Markdown' },
  csv: { extension: 'csv', name: 'Table' },
};

/** Asks where to, writes the report in another form and opens it. Throws `UserError`. */
async function exportReport(report: Report, file: string, format: ExportFormat): Promise<void> {
  const { extension, name } = formats[format];
  const beside = path.join(path.dirname(file), `${path.basename(file, '.json')}.${extension}`);
  const target = await vscode.window.showSaveDialog({
    title: 'Export Report',
    defaultUri: vscode.Uri.file(beside),
    filters: { [name]: [extension] },
  });
  if (target === undefined) return;
  await writeReport(target.fsPath, report);
  await vscode.commands.executeCommand('vscode.open', target);
}
