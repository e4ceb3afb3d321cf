import { resumableRandom } from '../foundation/random.ts';
import { UserError } from '../foundation/userError.ts';
import { betweenBatches } from '../model/lengthBatches.ts';
import { type Batch, epochBatches, makeBatch, type Sequence } from './sequenceBatches.ts';
import { scoreModel } from './devScore.ts';
import { learningRateAt } from './optimizer.ts';
import type { EpochResult, TrainHooks } from './trainOptions.ts';
import type { ProgressReport } from './progressReport.ts';
import type { Progress, Position } from './savedRun.ts';
import type { EncodedData, TaskData } from './task.ts';
import type { Trainer } from './trainer.ts';

interface EpochPlan {
  readonly trainer: Trainer;
  readonly train: EncodedData;
  /** By label id. */
  readonly labelWeights: readonly number[];
  readonly dev: { readonly data: TaskData; readonly encoded: EncodedData };
  readonly padId: number;
  readonly epochs: number;
  readonly steps: number;
  readonly batchSize: number;
  /** Batches per update. */
  readonly accumulate: number;
  readonly learningRate: number;
  /** For the order of the batches. */
  readonly seed: number;
  readonly patience: number | undefined;
  /** The progress of an interrupted run, whose state is already in the trainer. */
  readonly before: Progress | undefined;
  /** Saves the state of the run; called after each epoch and after every `saveEvery` updates. */
  readonly save: (progress: Progress) => Promise<void>;
  readonly saveEvery: number | undefined;
  /** Loads the saved weights of the best epoch into the trainer. */
  readonly loadBest: () => Promise<void>;
}

/**
 * Trains all epochs, scores each on the dev part and leaves the weights of the best in the trainer (of equal ones, the
 * latest). Throws `CancelledError` once the signal is aborted.
 */
export async function runEpochs(
  plan: EpochPlan,
  report: ProgressReport,
  hooks: TrainHooks,
): Promise<{ readonly best: EpochResult; readonly epochs: readonly EpochResult[] }> {
  const { trainer } = plan;
  const random = resumableRandom(plan.seed);
  const start: Position = { epoch: 1, done: 0, lossSum: 0, order: random.state, results: [] };
  let { position, best: bestWeights } = plan.before ?? { position: start, best: undefined };
  const lengths = plan.train.sequences.map(({ ids }) => ids.length);
  if (plan.before !== undefined) report.goOn(trainer.counts.steps, position.results);
  while (!isOver(position.results, plan)) {
    const { epoch } = position;
    random.state = position.order;
    const order = epochBatches(lengths, plan.batchSize * plan.accumulate, random.next);
    report.phase('train', epoch);
    const loss = await runEpoch(plan, order, { position, best: bestWeights }, report, hooks.signal);
    report.phase('evaluate', epoch);
    const started = performance.now();
    const devF1 = await scoreModel(trainer, plan.dev.data, plan.dev.encoded, plan.padId, hooks);
    const result = { epoch, loss, devF1 };
    report.scored(result, (performance.now() - started) / 1000);
    const results = [...position.results, result];
    if (bestOf(results)?.epoch === epoch) bestWeights = 'in the trainer';
    position = { epoch: epoch + 1, done: 0, lossSum: 0, order: random.state, results };
    await plan.save({ position, best: bestWeights });
    bestWeights = 'saved';
    report.saved();
  }
  const { results } = position;
  const best = bestOf(results);
  if (best === undefined) throw new RangeError('a run must have at least one epoch');
  if (best.epoch < results.length) await plan.loadBest();
  return { best, epochs: results };
}

/** Whether all epochs are done, or the F1 has not risen for `patience` epochs. */
function isOver(results: readonly EpochResult[], { epochs, patience = Infinity }: EpochPlan): boolean {
  const highest = bestOf(results)?.devF1;
  const rise = results.findIndex(({ devF1 }) => devF1 === highest) + 1;
  return results.length === epochs || (results.length > 0 && results.length - rise >= patience);
}

/** The result with the highest F1; of equal ones, the latest. */
export function bestOf(results: readonly EpochResult[]): EpochResult | undefined {
  let best: EpochResult | undefined;
  for (const result of results) {
    if (best === undefined || result.devF1 >= best.devF1) best = result;
  }
  return best;
}

/** Trains the rest of an epoch. Returns the mean loss of the whole epoch. */
async function runEpoch(
  plan: EpochPlan,
  order: readonly (readonly number[])[],
  { position, best }: Progress,
  report: ProgressReport,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { trainer, steps, save, saveEvery } = plan;
  const stepsBefore = (position.epoch - 1) * order.length;
  let { done, lossSum } = position;
  for (const places of order.slice(done)) {
    await betweenBatches(signal);
    const started = performance.now();
    const learningRate = learningRateAt(stepsBefore + done, steps, plan.learningRate);
    const { loss } = await trainer.accumulatedStep(batchesOf(places, plan), learningRate);
    if (!Number.isFinite(loss)) {
      throw new UserError('Training diverged: the loss is no longer a finite number.', {
        nextStep: 'Try a smaller learning rate.',
      });
    }
    done++;
    lossSum += loss;
    report.stepped(loss, places.length, (performance.now() - started) / 1000);
    if (saveEvery !== undefined && done % saveEvery === 0 && done < order.length) {
      await save({ position: { ...position, done, lossSum }, best });
      report.saved();
    }
  }
  return lossSum / order.length;
}

/** The sequences of an update, in batches of at most `batchSize`. */
function batchesOf(places: readonly number[], plan: EpochPlan): Batch[] {
  const { train, trainer, padId, batchSize, labelWeights } = plan;
  const sequences = places.map((place) => train.sequences[place] as Sequence);
  return Array.from({ length: Math.ceil(sequences.length / batchSize) }, (_, i) =>
    makeBatch(sequences.slice(i * batchSize, (i + 1) * batchSize), trainer.head.kind, padId, labelWeights),
  );
}
