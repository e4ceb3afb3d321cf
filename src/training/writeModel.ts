import path from 'node:path';
import * as z from 'zod/mini';
import type { ValueOf } from '../foundation/checkValue.ts';
import { type ChartmarkModelInfo, type ModelConfig, modelInfo } from '../model/folder.ts';
import { tablesOf } from './embeddings.ts';
import { exportModel } from './export.ts';
import { modelCard } from './modelCard.ts';
import { hyperparametersSchema } from './cardTables.ts';
import type { EpochResult } from './trainOptions.ts';
import type { QuantizedModel } from './quantizedModel.ts';
import { headSchema, layoutParameters } from './parameters.ts';
import type { Weights } from './trainer.ts';

/** The part of a model's record that does not depend on the epoch. */
export const runRecordSchema = z.object({
  head: headSchema,
  hyperparameters: hyperparametersSchema,
  info: z.omit(modelInfo, { scores: true, stopped: true }),
});
export type RunRecord = ValueOf<typeof runRecordSchema>;

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

/** Writes the model folder of a run's best epoch. Throws `UserError` if it cannot be written. */
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
