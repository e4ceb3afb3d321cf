import path from 'node:path';
import * as vscode from 'vscode';
import type { ExportFormat } from '../../../webview/report/protocol.ts';
import type { Report } from '../../evaluation/report.ts';
import { writeReport } from '../../tasks/reports.ts';

const formats: Readonly<Record<ExportFormat, { readonly extension: string; readonly name: string }>> = {
  html: { extension: 'html', name: 'Web page' },
  markdown: { extension: 'md', name: 'Markdown' },
  csv: { extension: 'csv', name: 'Table' },
};

/** Asks where to, writes the report in another form and opens it. Throws `UserError`. */
export async function exportReport(report: Report, file: string, format: ExportFormat): Promise<void> {
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
