export interface TrainingProtocol {
  readonly content: TrainingView;
  readonly message: ActMessage;
  readonly replies: object;
  readonly state: object;
}

/** Do what a button says. */
interface ActMessage {
  readonly type: 'act';
  readonly action: TrainingAction;
}

export const trainingActions = [
  'stop',
  'resume',
  'replace',
  'annotate',
  'evaluate',
  'openModelCard',
  'showLog',
] as const;
export type TrainingAction = (typeof trainingActions)[number];

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

/** The F1 of a type. */
interface TypeScore {
  readonly label: string;
  /** In [0, 1]. */
  readonly f1: number;
  /** How many mentions of it the dev set has. */
  readonly gold: number;
}

/** The state of a training. */
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
  /** The last F1 on the dev set by type, the most frequent first; empty until an epoch is scored in this window. */
  readonly types: readonly TypeScore[];
  /** What F1 is measured on, as in "on synthetic texts". */
  readonly measuredOn: string;
  /** What a person should know about the data, in sentences. */
  readonly notes: readonly string[];
  /** The epoch whose weights are kept. */
  readonly bestEpoch?: number;
  readonly actions: readonly {
    readonly action: TrainingAction;
    readonly title: string;
    readonly isPrimary?: boolean;
  }[];
}
