import { seededRandom } from '../foundation/random.ts';
import { UserError } from '../foundation/userError.ts';
import { betweenBatches } from '../model/batches.ts';
import { epochBatches, makeBatch } from './batches.ts';
import type { Sequence } from './batches.ts';
import { scoreModel } from './devScore.ts';
import type { EpochResult, TrainHooks } from './options.ts';
import type { ProgressReport } from './progress.ts';
import { learningRateAt } from './schedule.ts';
import type { EncodedData, TaskData } from './task.ts';
import type { Snapshot, Trainer } from './trainer.ts';

/** All that the epochs of a run need. */
interface EpochPlan {
  readonly trainer: Trainer;
  readonly train: EncodedData;
  readonly dev: { readonly data: TaskData; readonly encoded: EncodedData };
  readonly padId: number;
  readonly epochs: number;
  readonly steps: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Of the order of the batches. */
  readonly seed: number;
  readonly patience: number | undefined;
}

/**
 * Trains for some epochs, scores each on the dev part and leaves the trainer with the weights of the best
 * (the later one of equals). Throws `CancelledError` once the signal is aborted.
 */
export async function runEpochs(
  plan: EpochPlan,
  report: ProgressReport,
  hooks: TrainHooks,
): Promise<{ readonly best: EpochResult; readonly epochs: readonly EpochResult[] }> {
  const { trainer, epochs, patience = Infinity } = plan;
  const random = seededRandom(plan.seed);
  const results: EpochResult[] = [];
  let best: EpochResult | undefined;
  let kept: Snapshot | undefined;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = epochBatches(
      plan.train.sequences.map(({ ids }) => ids.length),
      plan.batchSize,
      random,
    );
    report.phase('train', epoch);
    const loss = await runEpoch(plan, order, (epoch - 1) * order.length, report, hooks.signal);
    report.phase('evaluate', epoch);
    const started = performance.now();
    const devF1 = await scoreModel(trainer, plan.dev.data, plan.dev.encoded, plan.padId, hooks);
    report.scored(devF1, (performance.now() - started) / 1000);
    const result = { epoch, loss, devF1 };
    results.push(result);
    if (best === undefined || devF1 >= best.devF1) {
      best = result;
      kept = undefined;
      if (epoch < epochs) kept = trainer.snapshot();
    } else if (epoch - best.epoch >= patience) break;
  }
  if (best === undefined) throw new RangeError(`a run of ${epochs} epochs`);
  if (best.epoch < results.length && kept !== undefined) trainer.restore(kept);
  return { best, epochs: results };
}

/** Goes through the training data once; returns the mean loss. */
async function runEpoch(
  { trainer, train, padId, steps, learningRate }: EpochPlan,
  order: readonly (readonly number[])[],
  stepsBefore: number,
  report: ProgressReport,
  signal: AbortSignal | undefined,
): Promise<number> {
  let sum = 0;
  for (const [index, places] of order.entries()) {
    await betweenBatches(signal);
    const started = performance.now();
    const sequences = places.map((place) => train.sequences[place] as Sequence);
    const batch = makeBatch(sequences, trainer.head.kind, padId);
    const { loss } = await trainer.step(batch, learningRateAt(stepsBefore + index, steps, learningRate));
    if (!Number.isFinite(loss)) {
      throw new UserError('Training went astray: the loss is no number any more.', {
        nextStep: 'Try a smaller learning rate.',
      });
    }
    sum += loss;
    report.stepped(loss, places.length, (performance.now() - started) / 1000);
  }
  return sum / order.length;
}
