import path from 'node:path';
import * as vscode from 'vscode';
import type { ExportFormat } from '../../../webview/report/protocol.ts';
import { renderCsv } from '../../evaluation/render/csv.ts';
import { renderHtml } from '../../evaluation/render/html.ts';
import { renderMarkdown } from '../../evaluation/render/markdown.ts';
import type { Report } from '../../evaluation/report.ts';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';

interface Form {
  readonly extension: string;
  readonly name: string;
  readonly render: (report: Report) => string;
}

const forms: Readonly<Record<ExportFormat, Form>> = {
  html: { extension: 'html', name: 'Web page', render: renderHtml },
  markdown: { extension: 'md', name: 'Markdown', render: renderMarkdown },
  csv: { extension: 'csv', name: 'Table', render: renderCsv },
};

/** Asks where to, writes the report in another form and opens it. */
export async function exportReport(report: Report, file: string, format: ExportFormat): Promise<void> {
  const { extension, name, render } = forms[format];
  const beside = path.join(path.dirname(file), `${path.basename(file, '.json')}.${extension}`);
  const target = await vscode.window.showSaveDialog({
    title: 'Export Report',
    defaultUri: vscode.Uri.file(beside),
    filters: { [name]: [extension] },
  });
  if (target === undefined) return;
  await writeFileAtomic(target.fsPath, render(report));
  await vscode.commands.executeCommand('vscode.open', target);
}
