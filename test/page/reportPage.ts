import type { Browser } from 'playwright-core';
import type { Report } from '../../src/evaluation/report.ts';
import type { ReportProtocol } from '../../webview/report/protocol.ts';
import { type EditorPage, openEditorPage, type PageOptions } from './editorPage.ts';

export type ReportPage = EditorPage<ReportProtocol>;

export function openReport(
  browser: Browser,
  report: Report,
  options: PageOptions<ReportProtocol> = {},
): Promise<ReportPage> {
  return openEditorPage(browser, 'report', { report, file: 'reports/sample.json' }, options);
}
