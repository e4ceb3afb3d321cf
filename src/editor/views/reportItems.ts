import type * as vscode from 'vscode';
import { percent } from '../../foundation/numbers.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { readReport, type ReportFile, reportFiles } from '../../tasks/reports.ts';
import { fileItem } from './fileItem.ts';

/** The reports, the newest first, each with its F1. */
export async function reportItems({ reports }: OpenProject): Promise<vscode.TreeItem[]> {
  return Promise.all((await reportFiles(reports)).map(reportItem));
}

async function reportItem({ name, file }: ReportFile): Promise<vscode.TreeItem> {
  const report = await readReport(file).catch(() => undefined);
  return fileItem({
    label: name,
    file,
    description: report === undefined ? 'no report of Chartmark' : `F1 ${percent(report.micro.f1)}`,
    kind: 'report',
    icon: 'graph',
    command: 'chartmark.showReport',
  });
}
