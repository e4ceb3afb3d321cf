import type { ErrorKind, Report } from '../src/evaluation/report.ts';

/** The page has loaded and listens; the host answers with `showReport`. Sent again after each reload. */
interface ReadyMessage {
  readonly type: 'ready';
}

/** Open the text of an error and select it: offsets are those of `ReportError`. */
export interface OpenLocationMessage {
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

/** Show this report in place of what is there. */
interface ShowReportMessage {
  readonly type: 'showReport';
  readonly report: Report;
  /** The report's own file, kept in the page's state so that a restored panel can read it again. */
  readonly file?: string;
}

export type ExportFormat = 'html' | 'markdown' | 'csv' | 'json';

export type PageToHostMessage =
  | ReadyMessage
  | OpenLocationMessage
  | OpenSourceMessage
  | ExportReportMessage
  | CopyReportMessage;

export type HostToPageMessage = ShowReportMessage;

/** What the page keeps through `setState`, and a panel serializer gets back after a window reload. */
export interface ReportPageState {
  readonly file?: string;
  readonly tab: ReportTab;
  /** Undefined shows errors of every kind. */
  readonly kind?: ErrorKind | undefined;
  /** Undefined shows errors of every label. */
  readonly label?: string | undefined;
}

export type ReportTab = 'scores' | 'errors' | 'reading';
