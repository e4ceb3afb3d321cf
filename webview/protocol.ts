import type { ErrorKind, Report } from '../src/evaluation/report.ts';

/** The page has loaded and listens; the host answers with `showReport`. Sent again after each reload. */
export interface ReadyMessage {
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

/** Something to do with a training, as a button of its page. */
export type TrainingAction =
  | 'stop'
  | 'goOn'
  | 'replace'
  | 'annotate'
  | 'evaluate'
  | 'openModelCard'
  | 'showLog';

/** Do what a button says. */
interface ActMessage {
  readonly type: 'act';
  readonly action: TrainingAction;
}

export type TrainingPageToHostMessage = ReadyMessage | ActMessage;

/** Show this training as it stands now. */
export interface HostToTrainingPageMessage {
  readonly type: 'showTraining';
  readonly training: TrainingView;
}

/** A figure with its name, ready to be read. */
export interface TrainingFigure {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

/** A point of the loss curve. */
export interface LossPoint {
  /** Updates done. */
  readonly step: number;
  /** Moving average. */
  readonly loss: number;
}

/** An epoch that was scored. */
interface EpochScore {
  /** From 1. */
  readonly epoch: number;
  /** Mean over its updates. */
  readonly loss: number;
  /** In [0, 1]. */
  readonly devF1: number;
}

/** A training as its page shows it. Everything is there each time, so that a page that was hidden misses nothing. */
export interface TrainingView {
  readonly title: string;
  readonly state: 'running' | 'stopping' | 'done' | 'stopped' | 'failed';
  /** What it is doing, or how it ended. */
  readonly status: string;
  /** For screen readers to say when it changes: at most once an epoch. */
  readonly announcement: string;
  /** Of all steps, in [0, 1]. */
  readonly fraction: number;
  readonly figures: readonly TrainingFigure[];
  readonly epochs: number;
  readonly steps: number;
  readonly losses: readonly LossPoint[];
  readonly results: readonly EpochScore[];
  /** The epoch whose weights are kept. */
  readonly bestEpoch?: number;
  readonly actions: readonly {
    readonly action: TrainingAction;
    readonly title: string;
    readonly isPrimary?: boolean;
  }[];
}
