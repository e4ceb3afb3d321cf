import path from 'node:path';
import type { ChartmarkModelInfo, ModelConfig } from '../model/folder.ts';
import { tablesOf } from './embeddings.ts';
import { exportModel } from './export.ts';
import { modelCard } from './modelCard.ts';
import type { Hyperparameters } from './cardTables.ts';
import type { EpochResult } from './trainOptions.ts';
import type { QuantizedModel } from './quantizedModel.ts';
import { layoutParameters } from './parameters.ts';
import type { Head } from './parameters.ts';
import type { Weights } from './trainer.ts';

/** What the record of a run's model says, whichever epoch it is of. */
export interface RunRecord {
  readonly head: Head;
  readonly hyperparameters: Hyperparameters;
  readonly info: Omit<ChartmarkModelInfo, 'scores' | 'stopped'>;
}

interface TrainedEpoch {
  readonly record: RunRecord;
  readonly config: ModelConfig;
  readonly weights: Weights;
  readonly best: EpochResult;
  readonly results: readonly EpochResult[];
  readonly quantized?: QuantizedModel | undefined;
  /** Whether the run was stopped before its end. */
  readonly stopped?: boolean;
}

/** Writes the model folder of a run's best epoch. Throws `UserError` when it cannot be written. */
export async function writeModel(epoch: TrainedEpoch, base: string, out: string): Promise<void> {
  const { record, config, weights, best, results, quantized, stopped } = epoch;
  const { head, hyperparameters } = record;
  const info: ChartmarkModelInfo = {
    ...record.info,
    scores: { devF1: best.devF1, ...(quantized === undefined ? {} : { devF1Int8: quantized.devF1 }) },
    ...(quantized === undefined ? {} : { precision: 'int8' }),
    ...(stopped === true ? { stopped: { epochs: results.length, of: hyperparameters.epochs } } : {}),
  };
  const name = path.basename(path.resolve(out));
  await exportModel(
    {
      config,
      head,
      layout: layoutParameters(config, head, hyperparameters.freeze),
      weights: weights.weights,
      tables: tablesOf(config, weights.embeddings),
      info,
      quantized: quantized?.bytes,
      card: modelCard({ name, info, hyperparameters, best, results }),
    },
    base,
    out,
  );
}
