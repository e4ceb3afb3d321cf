import type { LossPoint } from '../../../webview/training/protocol.ts';
import type { TrainJob } from '../../process/protocol.ts';
import { measuredOn } from '../measuredOn.ts';
import type { KeptModel } from '../../training/keepBest.ts';
import type { TrainProgress, TrainResult } from '../../training/trainOptions.ts';

/** How a training ended. */
export type TrainingEnding =
  | { readonly kind: 'done'; readonly result: TrainResult }
  | { readonly kind: 'stopped'; readonly kept: KeptModel | undefined }
  | { readonly kind: 'failed'; readonly message: string };

/** The state of a training in this window. */
export interface TrainingHistory {
  readonly name: string;
  /** The folder that its model is to have. */
  readonly out: string;
  /** What its F1 is measured on, as in "on synthetic texts". */
  readonly measuredOn: string;
  /** What a person should know about the data, in sentences. */
  readonly notes: readonly string[];
  readonly losses: readonly LossPoint[];
  readonly progress: TrainProgress | undefined;
  readonly isStopping: boolean;
  readonly ending: TrainingEnding | undefined;
}

/** Points of the loss curve: more than a panel has pixels to show. */
const mostPoints = 600;

/** A training at its start. A training that is resumed in the same window keeps its loss curve. */
export function newHistory(
  name: string,
  { out, train, dev }: Pick<TrainJob, 'out' | 'train' | 'dev'>,
  before?: TrainingHistory,
): TrainingHistory {
  const losses = before?.out === out ? before.losses : [];
  return {
    name,
    out,
    measuredOn: measuredOn({ train, dev }),
    notes: [],
    losses,
    progress: undefined,
    isStopping: false,
    ending: undefined,
  };
}

export function withProgress(history: TrainingHistory, progress: TrainProgress): TrainingHistory {
  const { notes = history.notes } = progress;
  return { ...history, progress, notes, losses: withLoss(history.losses, progress) };
}

function withLoss(losses: readonly LossPoint[], progress: TrainProgress): readonly LossPoint[] {
  if (progress.phase === 'load') return losses;
  const { step, steps, loss, epochs, results } = progress;
  // A resumed training repeats the steps after the last saved state.
  const valid = losses.filter((point) => point.step <= step);
  const known =
    valid.length > 0
      ? valid
      : results.map((result) => ({ step: (result.epoch * steps) / epochs, loss: result.loss }));
  if (loss === undefined || step === known.at(-1)?.step) return known;
  const next = { step, loss };
  const [before, last] = known.slice(-2);
  const isClose = before !== undefined && last !== undefined && last.step - before.step < steps / mostPoints;
  return isClose ? [...known.slice(0, -1), next] : [...known, next];
}
