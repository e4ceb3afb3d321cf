import { duration } from '../foundation/duration.ts';
import { memorySize } from '../foundation/memorySize.ts';
import { percent } from '../foundation/numbers.ts';
import { CancelledError } from '../foundation/userError.ts';
import { removeModel } from '../model/ownFolder.ts';
import type { WorkerClient } from '../process/client.ts';
import type { TrainJob } from '../process/protocol.ts';
import type { KeptModel } from '../training/keepBest.ts';
import type { TrainProgress, TrainResult } from '../training/trainOptions.ts';

interface TrainHooks {
  readonly worker: Pick<WorkerClient, 'keepBest' | 'train'>;
  /** Stops the training. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainProgress) => void;
  /** Called when the training was stopped and its best checkpoint is written as a model. */
  readonly onKeeping?: () => void;
}

/** How a training ended, other than by a failure. */
export type TrainEnd =
  | { readonly kind: 'done'; readonly result: TrainResult }
  | {
      readonly kind: 'stopped';
      /** The best checkpoint as a model; undefined if no epoch was scored. */
      readonly kept: KeptModel | undefined;
      /** Whether the training can be resumed. */
      readonly resumable: boolean;
    };

/**
 * Trains in the child process. If it is stopped, its best checkpoint so far is kept as a model. Makes no connection.
 * Throws `UserError`.
 */
export async function trainModel(job: TrainJob, hooks: TrainHooks): Promise<TrainEnd> {
  const { worker, signal, onProgress, onKeeping } = hooks;
  let saved: TrainProgress['saved'];
  try {
    const result = await worker.train(job, {
      signal,
      onProgress: (progress) => {
        saved = progress.saved;
        onProgress(progress);
      },
    });
    return { kind: 'done', result };
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
  }
  if (saved === undefined || saved.epochs === 0) {
    return { kind: 'stopped', kept: undefined, resumable: saved !== undefined };
  }
  onKeeping?.();
  const { base, out } = job;
  return { kind: 'stopped', kept: await worker.keepBest({ base, out }), resumable: true };
}

/**
 * Replaces the finished model with the best checkpoint of a stopped training, which then need not stay in a folder of its
 * own. Throws `UserError` if either folder has files that are not a model's.
 */
export async function replaceFinished(
  { base, out }: TrainJob,
  kept: KeptModel,
  worker: Pick<WorkerClient, 'keepBest'>,
): Promise<KeptModel> {
  const replaced = await worker.keepBest({ base, out, replace: true });
  if (replaced === undefined) return kept;
  if (kept.out !== replaced.out) await removeModel(kept.out);
  return replaced;
}

/** The result of a stopped training, in sentences. */
export function describeStopped(
  { kept, resumable }: Omit<Extract<TrainEnd, { readonly kind: 'stopped' }>, 'kind'>,
  out: string,
  shownPath: (folder: string) => string,
): string {
  if (kept === undefined) {
    const left = resumable ? 'It can be resumed from its last saved state.' : 'Nothing was kept.';
    return `Stopped before the first epoch was finished. ${left}`;
  }
  const { best, epochs, planned } = kept;
  const beside = kept.out === out ? '' : ` The finished model in ${shownPath(out)} is unchanged.`;
  return (
    `Stopped after epoch ${epochs.length} of ${planned}. The best checkpoint so far, ` +
    `dev F1 ${percent(best.devF1)} (epoch ${best.epoch}), is in ${shownPath(kept.out)}.${beside}`
  );
}

/** The progress of a training, as a line of text and as a fraction of all steps. */
export function describeTraining(progress: TrainProgress): {
  readonly text: string;
  readonly fraction: number;
} {
  const { phase, epoch, epochs, step, steps, loss, devF1 } = progress;
  const { examplesPerSecond, secondsLeft, memoryBytes } = progress;
  if (phase === 'load') return { text: 'reading the data', fraction: 0 };
  if (phase === 'save') return { text: 'saving', fraction: 1 };
  const parts = [
    `epoch ${epoch} of ${epochs}`,
    phase === 'evaluate' ? 'scoring' : `step ${step} of ${steps}`,
    ...(loss === undefined ? [] : [`loss ${loss.toFixed(3)}`]),
    ...(devF1 === undefined ? [] : [`dev F1 ${percent(devF1)}`]),
    ...(examplesPerSecond === undefined ? [] : [`${examplesPerSecond.toFixed(0)} sentences/s`]),
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
    `${memorySize(memoryBytes)} of memory`,
  ];
  return { text: parts.join(' · '), fraction: steps === 0 ? 0 : step / steps };
}
