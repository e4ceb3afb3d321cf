import type { Browser } from 'playwright-core';
import type { Report } from '../../src/evaluation/report.ts';
import type { HostToPageMessage, PageToHostMessage, ReportPageState } from '../../webview/protocol.ts';
import { type EditorPage, openEditorPage, type PageOptions } from './editorPage.ts';

export type ReportPage = EditorPage<PageToHostMessage, ReportPageState>;

export function openReport(
  browser: Browser,
  report: Report,
  options: PageOptions<ReportPageState> = {},
): Promise<ReportPage> {
  const answer: HostToPageMessage = { type: 'showReport', report, file: 'reports/sample.json' };
  return openEditorPage(browser, 'report', answer, options);
}
