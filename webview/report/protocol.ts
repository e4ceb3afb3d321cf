import type { ErrorKind, Report } from '../../src/evaluation/report.ts';

export interface ReportProtocol {
  readonly content: ReportContent;
  readonly message: OpenLocationMessage | OpenSourceMessage | ExportReportMessage | CopyReportMessage;
  readonly replies: object;
  readonly state: ReportPageState;
}

interface ReportContent {
  readonly report: Report;
  /** The report's own file, kept in the page's state so that a restored panel can read it again. */
  readonly file: string;
}

/** Open the text of an error and select it: line and offsets are those of `ReportError`. */
interface OpenLocationMessage {
  readonly type: 'openLocation';
  readonly document: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Open one of the report's source files, as named in `report.sources`. */
interface OpenSourceMessage {
  readonly type: 'openSource';
  readonly file: string;
}

/** Ask where to, then write the report in this form. */
interface ExportReportMessage {
  readonly type: 'exportReport';
  readonly format: ExportFormat;
}

/** Put the report on the clipboard as Markdown. */
interface CopyReportMessage {
  readonly type: 'copyReport';
}

export const exportFormats = ['html', 'markdown', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A panel serializer gets it back after a window reload. */
export interface ReportPageState {
  readonly file?: string;
  readonly tab: ReportTab;
  /** Undefined shows errors of every kind. */
  readonly kind?: ErrorKind | undefined;
  /** Undefined shows errors of every label. */
  readonly label?: string | undefined;
}

export type ReportTab = 'scores' | 'errors' | 'reading';
