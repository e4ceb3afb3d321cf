import path from 'node:path';
import { env } from 'onnxruntime-node';
import { seededRandom } from '../foundation/random.ts';
import { throwIfCancelled } from '../foundation/userError.ts';
import type { ChartmarkModelInfo } from '../model/folder.ts';
import { checkCheckpoint, loadCheckpoint } from './checkpoint.ts';
import { dataNotes } from './dataNotes.ts';
import { runEpochs } from './epochs.ts';
import { labelCounts, unseenLabels } from './labelCounts.ts';
import type { TrainHooks, TrainOptions, TrainResult } from './trainOptions.ts';
import { checkOutFolder, lockTraining } from './outFolder.ts';
import { ProgressReport } from './progressReport.ts';
import { quantizedModel } from './quantizedModel.ts';
import { runSettings } from './runSettings.ts';
import { checkRoom, loadBest, loadRun, removeSavedRun, saveRun } from './savedRun.ts';
import { fixedHyperparameters, prepare, type Setup } from './setup.ts';
import type { TaskData } from './task.ts';
import { fingerprint } from './taskData.ts';
import { Trainer } from './trainer.ts';
import { type RunRecord, writeModel } from './writeModel.ts';

/**
 * Fine-tunes a BERT or RoBERTa encoder on labelled text and writes a model folder with the weights of the epoch that
 * scored best on the dev part. The same options and data give the same model on the same machine. An existing model
 * folder is replaced only at the end. Until then a hidden folder next to it has the state of the run, for `resume`.
 *
 * Throws `UserError` for data or checkpoints that cannot be used or if another process trains this model, and `CancelledError` once the signal is aborted.
 */
export async function fineTune(options: TrainOptions, hooks: TrainHooks): Promise<TrainResult> {
  await checkOutFolder(options.out, options.base);
  const unlock = await lockTraining(options.out);
  try {
    return await fineTuneAlone(options, hooks);
  } finally {
    await unlock();
  }
}

async function fineTuneAlone(options: TrainOptions, hooks: TrainHooks): Promise<TrainResult> {
  const started = performance.now();
  const loading = {
    phase: 'load',
    epoch: 0,
    epochs: options.epochs ?? 0,
    step: 0,
    steps: 0,
    memoryBytes: process.memoryUsage.rss(),
    results: [],
  } as const;
  hooks.onProgress?.(loading);
  const setup = await prepare(options);
  const { config, head, parts, encoding, plan, seeds } = setup;
  const notes = [...(options.notes ?? []), ...dataNotes(parts)];
  if (notes.length > 0) hooks.onProgress?.({ ...loading, notes });
  throwIfCancelled(hooks.signal);
  await checkCheckpoint(options.base, config);
  const trainer = await Trainer.create({
    config,
    head,
    largest: { sequences: plan.batchSize, length: plan.maxLength },
    accumulate: plan.accumulate,
    freeze: options.freeze,
    ...fixedHyperparameters,
    seed: seeds.dropout,
    threads: options.threads,
  });
  try {
    const targets = {
      layout: trainer.layout,
      values: trainer.weights.values,
      tables: trainer.embeddings.tables,
    };
    await checkRoom(options.out, trainer);
    await loadCheckpoint(options.base, config, targets, seededRandom(seeds.weights));
    const run = { settings: runSettings(options, setup), record: describeRun(options, setup, notes) };
    const before = options.resume === true ? await loadRun(options.out, run, trainer) : undefined;
    const write = async (files: Promise<void>): Promise<void> => {
      hooks.onWriting?.(true);
      await files.finally(() => hooks.onWriting?.(false));
    };
    const report = new ProgressReport(plan, hooks.onProgress);
    const { best, epochs } = await runEpochs(
      {
        ...plan,
        trainer,
        train: setup.encodedTrain,
        labelWeights: setup.labelWeights,
        dev: { data: parts.dev, encoded: parts.dev.encode(encoding) },
        padId: encoding.tokenizer.padId,
        seed: seeds.order,
        patience: options.patience,
        before,
        save: (progress) => write(saveRun(options.out, run, trainer, progress)),
        saveEvery: options.saveEvery,
        loadBest: () => loadBest(options.out, trainer),
      },
      report,
      hooks,
    );
    report.phase('save', best.epoch);
    trainer.embeddings.settle();
    const weights = { weights: trainer.weights.values, embeddings: trainer.embeddings.values };
    const quantized = options.quantize === true ? await quantizedModel(trainer, setup, hooks) : undefined;
    await write(
      writeModel(
        { record: run.record, config, weights, best, results: epochs, quantized },
        options.base,
        options.out,
      ),
    );
    await removeSavedRun(options.out);
    return {
      out: options.out,
      best: { epoch: best.epoch, devF1: best.devF1 },
      ...(quantized === undefined ? {} : { devF1Int8: quantized.devF1 }),
      epochs,
      labels: encoding.labels,
      unseen: unseenLabels(run.record.info.data),
      notes,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await trainer.release();
  }
}

function describeRun(options: TrainOptions, setup: Setup, notes: readonly string[]): RunRecord {
  const { config, head, parts, encoding, plan, seed } = setup;
  return {
    head,
    hyperparameters: {
      ...fixedHyperparameters,
      ...plan,
      dropout: { hidden: config.hiddenDropout, attention: config.attentionDropout },
      ...(options.freeze === undefined ? {} : { freeze: options.freeze }),
      ...(options.patience === undefined ? {} : { patience: options.patience }),
      ...(options.labelWeights === undefined ? {} : { labelWeights: options.labelWeights }),
    },
    info: {
      task: options.task,
      labels: encoding.labels,
      maxLength: plan.maxLength,
      base: path.basename(path.resolve(options.base)),
      seed,
      ...(options.train.task === 're' && options.train.schema !== undefined
        ? { relations: options.train.schema }
        : {}),
      data: (['train', 'dev'] as const).map((role) => describeData(role, parts[role], options.sources)),
      ...(notes.length === 0 ? {} : { notes }),
      versions: {
        ...options.versions,
        'onnxruntime-node': env.versions.node ?? 'unknown',
        node: process.versions.node,
      },
    },
  };
}

function describeData(
  role: 'train' | 'dev',
  part: TaskData,
  sources: TrainOptions['sources'],
): ChartmarkModelInfo['data'][number] {
  const own = sources?.[role];
  return {
    role,
    examples: part.groups.length,
    labels: labelCounts(part),
    sha256: fingerprint(part),
    ...(own === undefined ? {} : { sources: own }),
  };
}
