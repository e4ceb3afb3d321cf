import { type Command, Option } from 'commander';
import * as z from 'zod/mini';
import { duration } from '../../foundation/duration.ts';
import type { TrainJob } from '../../process/protocol.ts';
import { readTrainingChoices, type TrainingOption, trainingOptions } from '../../project/trainingOptions.ts';
import { memorySize } from '../../foundation/memorySize.ts';
import { percent } from '../../foundation/numbers.ts';
import { CancelledError } from '../../foundation/userError.ts';
import type { KeptModel } from '../../training/keepBest.ts';
import type { TrainProgress } from '../../training/train.ts';
import { type CliContext, shippedEncoder, shownPath } from '../context.ts';
import { UsageError } from '../exit.ts';
import { defined, namedNumbers, numberOf, positiveNumbers } from '../options.ts';
import { progressBar } from '../progressBar.ts';

interface TrainOptions {
  readonly task: 'ner' | 're';
  readonly base?: string;
  readonly train: readonly string[];
  readonly weight?: readonly number[];
  readonly dev?: readonly string[];
  readonly out: string;
  readonly project: string;
  readonly json?: boolean;
}

/** `chartmark train --train F... --out DIR`. */
export function registerTrain(program: Command, context: CliContext): void {
  const command = program
    .command('train')
    .description('Fine-tune a local encoder on labelled text. Makes no connection.')
    .addOption(new Option('--task <task>', 'entities or relations').choices(['ner', 're']).default('ner'))
    .option('--base <folder>', 'checkpoint to start from (default: the encoder that is shipped)')
    .requiredOption('--train <path...>', 'labelled files, folders or globs')
    .option(
      '--weight <factor...>',
      'how much the examples of each --train path count, in their order (default: 1 each)',
      positiveNumbers,
    )
    .option('--dev <path...>', 'files to choose the best epoch on (default: a part of the training data)')
    .requiredOption('--out <folder>', 'model folder to write');
  const flags = Object.entries(trainingOptions).map(([name, option]) => ({ name, flag: flagOf(option) }));
  for (const { flag } of flags) command.addOption(flag);
  command
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action(async (options: TrainOptions & Readonly<Record<string, unknown>>) => {
      checkWeights(options);
      const chosen = flags
        .map(({ name, flag }) => [name, options[flag.attributeName()]])
        .filter(([, value]) => value !== undefined);
      const job: TrainJob = {
        task: options.task,
        base: options.base ?? shippedEncoder(context),
        train: options.train,
        out: options.out,
        projectFolder: options.project,
        ...defined<Partial<TrainJob>>({ weights: options.weight, dev: options.dev }),
        ...readTrainingChoices(Object.fromEntries(chosen)),
      };
      const result = await trainWithBar(context, job, (stopped) => {
        if (options.json === true) context.print(JSON.stringify({ cancelled: true, ...stopped }));
      });
      if (result.unseen.length > 0) {
        const names = result.unseen.join(', ');
        context.note(`Nothing to train on is labelled ${names}: in the dev data these count as missed.`);
      }
      if (options.json === true) {
        context.print(JSON.stringify(result));
        return;
      }
      const { best, devF1Int8, seconds } = result;
      const int8 = devF1Int8 === undefined ? '' : `, ${percent(devF1Int8)} with 8-bit weights`;
      context.print(
        `${shownPath(result.out)}: dev F1 ${percent(best.devF1)} (epoch ${best.epoch})${int8}, ${duration(seconds)}`,
      );
    });
}

function flagOf({ field, flag, description, usually }: TrainingOption): Option {
  const option = new Option(
    flag,
    usually === undefined ? description : `${description} (default: ${usually})`,
  );
  if (field instanceof z.ZodMiniEnum) return option.choices(field.options.map(String));
  if (field instanceof z.ZodMiniNumber) return option.argParser(numberOf(field));
  return field instanceof z.ZodMiniRecord ? option.argParser(namedNumbers) : option;
}

function checkWeights({ train, weight }: TrainOptions): void {
  if (weight === undefined || weight.length === train.length) return;
  throw new UsageError(`Weights: ${weight.length}; paths to train on: ${train.length}.`, {
    nextStep: 'Give one --weight for each --train path, in their order.',
  });
}

/** What a cancelled training leaves. */
interface Stopped {
  /** The best checkpoint as a model; `null` when no epoch had been scored. */
  readonly kept: KeptModel | null;
  /** Whether `--resume` can go on. */
  readonly resumable: boolean;
}

/**
 * Trains in the child process with a live bar of loss, dev F1 and time left on standard error. When it is
 * cancelled, the best checkpoint so far is kept as a model, and `onStopped` hears about it.
 */
export async function trainWithBar(
  context: CliContext,
  job: TrainJob,
  onStopped?: (stopped: Stopped) => void,
) {
  const bar = progressBar(process.stderr, 'Training');
  let saved: TrainProgress['saved'];
  try {
    const result = await context.worker.train(job, {
      signal: context.signal,
      onProgress: (progress) => {
        saved = progress.saved;
        bar.update(fractionOf(progress), describe(progress));
      },
    });
    bar.finish(`dev F1 ${percent(result.best.devF1)}`);
    return result;
  } catch (error) {
    bar.finish();
    const stopped = error instanceof CancelledError ? await keepCheckpoint(context, job, saved) : undefined;
    if (saved !== undefined) {
      context.note(
        'The training so far is kept: the same command with --resume goes on from its last saved state.',
      );
    }
    if (stopped !== undefined) onStopped?.(stopped);
    throw error;
  }
}

/** Keeps what a cancelled training has, and says what that is. */
async function keepCheckpoint(
  context: CliContext,
  { base, out }: TrainJob,
  saved: TrainProgress['saved'],
): Promise<Stopped> {
  const resumable = saved !== undefined;
  if (saved === undefined || saved.epochs === 0) {
    context.note('No epoch was over yet, so there is no checkpoint to keep.');
    return { kept: null, resumable };
  }
  context.note('Stopped; the best checkpoint is being written.');
  const kept = (await context.worker.keepBest({ base, out })) ?? null;
  if (kept !== null) {
    const { best, planned } = kept;
    context.note(
      `${shownPath(kept.out)}: the best checkpoint so far, dev F1 ${percent(best.devF1)} (epoch ${best.epoch} of ${planned}).`,
    );
    if (kept.out !== out) context.note(`${shownPath(out)}: the finished model that was there, as it was.`);
  }
  return { kept, resumable };
}

function fractionOf({ step, steps }: TrainProgress): number {
  return steps === 0 ? 0 : step / steps;
}

function describe(progress: TrainProgress): string {
  const { phase, epoch, epochs, loss, devF1, secondsLeft, examplesPerSecond, memoryBytes } = progress;
  const phases = { load: 'loading', train: '', evaluate: 'scoring dev', save: 'saving' } as const;
  return [
    phases[phase],
    epoch === 0 ? '' : `epoch ${epoch}/${epochs}`,
    loss === undefined ? '' : `loss ${loss.toFixed(3)}`,
    devF1 === undefined ? '' : `dev F1 ${percent(devF1)}`,
    examplesPerSecond === undefined ? '' : `${examplesPerSecond.toFixed(0)} sentences/s`,
    secondsLeft === undefined ? '' : `${duration(secondsLeft)} left`,
    `${memorySize(memoryBytes)} of memory`,
  ]
    .filter(Boolean)
    .join('  ');
}
