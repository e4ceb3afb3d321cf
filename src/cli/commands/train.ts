import { type Command, Option } from 'commander';
import * as z from 'zod/mini';
import { duration } from '../../foundation/duration.ts';
import { percent } from '../../foundation/numbers.ts';
import { CancelledError } from '../../foundation/userError.ts';
import { visibleJson } from '../../foundation/visibleText.ts';
import type { TrainJob } from '../../process/protocol.ts';
import { readTrainingChoices, type TrainingOption, trainingOptions } from '../../project/trainingOptions.ts';
import { shippedEncoder } from '../../tasks/models.ts';
import { describeStopped, describeTraining, type TrainEnd, trainModel } from '../../tasks/train.ts';
import type { TrainResult } from '../../training/trainOptions.ts';
import { type CliContext, shownPath } from '../context.ts';
import { UsageError } from '../exit.ts';
import { defined, namedNumbers, numberOf, positiveNumbers } from '../options.ts';
import { progressBar } from '../progressBar.ts';
import { addLayoutOptions, type LayoutFlags, layoutOf } from '../readingFlags.ts';

interface TrainOptions extends LayoutFlags {
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
    .option('--base <folder>', 'checkpoint to start from (default: the bundled encoder)')
    .requiredOption('--train <path...>', 'labelled files, folders or globs')
    .option(
      '--weight <factor...>',
      'weight of the examples of each --train path, in the same order (default: 1 each)',
      positiveNumbers,
    )
    .option('--dev <path...>', 'files for choosing the best epoch (default: a part of the training data)')
    .requiredOption('--out <folder>', 'model folder to write');
  const flags = Object.entries(trainingOptions).map(([name, option]) => ({ name, flag: flagOf(option) }));
  for (const { flag } of flags) command.addOption(flag);
  command.option('--project <folder>', 'folder of chartmark.json', '.');
  addLayoutOptions(command)
    .option('--json', 'one machine-readable object on standard output')
    .action(async (options: TrainOptions & Readonly<Record<string, unknown>>) => {
      checkWeights(options);
      const chosen = flags
        .map(({ name, flag }) => [name, options[flag.attributeName()]])
        .filter(([, value]) => value !== undefined);
      const job: TrainJob = {
        task: options.task,
        base: options.base ?? shippedEncoder(context.resources),
        train: options.train,
        out: options.out,
        projectFolder: options.project,
        ...defined<Partial<TrainJob>>({
          weights: options.weight,
          dev: options.dev,
          layout: layoutOf(options),
        }),
        ...readTrainingChoices(Object.fromEntries(chosen)),
      };
      const end = await trainWithBar(context, job);
      if (options.json === true) context.print(visibleJson(jsonOf(end)));
      if (end.kind === 'stopped') throw new CancelledError();
      if (options.json !== true) context.print(resultLine(end.result));
    });
}

function flagOf({ field, flag, description, usually }: TrainingOption): Option {
  const option = new Option(
    flag,
    usually === undefined ? description : `${description} (default: ${usually})`,
  );
  if (field instanceof z.ZodMiniEnum) return option.choices(field.options.map(String));
  if (field instanceof z.ZodMiniNumber) return option.argParser(numberOf(field));
  return field instanceof z.ZodMiniPipe ? option.argParser(namedNumbers) : option;
}

function checkWeights({ train, weight }: TrainOptions): void {
  if (weight === undefined || weight.length === train.length) return;
  throw new UsageError(`Weights: ${weight.length}; paths to train on: ${train.length}.`, {
    nextStep: 'Give one --weight for each --train path, in their order.',
  });
}

/** Of a stopped training, `kept` is null if no epoch was scored. */
function jsonOf(end: TrainEnd): object {
  if (end.kind === 'done') return end.result;
  return { cancelled: true, kept: end.kept ?? null, resumable: end.resumable };
}

function resultLine({ out, best, devF1Int8, seconds }: TrainResult): string {
  const int8 = devF1Int8 === undefined ? '' : `, ${percent(devF1Int8)} with 8-bit weights`;
  return `${shownPath(out)}: dev F1 ${percent(best.devF1)} (epoch ${best.epoch})${int8}, ${duration(seconds)}`;
}

/** Trains with a live bar on standard error, and reports there what a stopped or failed training leaves. */
export async function trainWithBar(context: CliContext, job: TrainJob): Promise<TrainEnd> {
  const bar = progressBar(process.stderr, 'Training');
  let isSaved = false;
  const noteResumable = (): void => {
    if (isSaved) context.note('Run the same command with --resume to continue from the last saved state.');
  };
  try {
    const end = await trainModel(job, {
      worker: context.worker,
      signal: context.signal,
      onProgress: (progress) => {
        for (const note of progress.notes ?? []) {
          bar.finish();
          context.note(note);
        }
        isSaved = progress.saved !== undefined;
        const { fraction, text } = describeTraining(progress);
        bar.update(fraction, text);
      },
      onKeeping() {
        bar.finish();
        context.note('Stopped; the best checkpoint is being written.');
      },
    });
    if (end.kind === 'stopped') {
      bar.finish();
      context.note(describeStopped(end, job.out, shownPath));
      noteResumable();
      return end;
    }
    const { best, unseen } = end.result;
    bar.finish(`dev F1 ${percent(best.devF1)}`);
    if (unseen.length > 0) {
      const names = unseen.join(', ');
      context.note(`The training data contains no ${names}. In the dev data, these count as missed.`);
    }
    return end;
  } catch (error) {
    bar.finish();
    noteResumable();
    throw error;
  }
}
