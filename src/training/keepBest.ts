import path from 'node:path';
import { fileExists } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';
import { readModelConfig, readModelInfo } from '../model/folder.ts';
import { checkReplaceable } from '../model/ownFolder.ts';
import { embeddingsSize } from './embeddings.ts';
import { bestOf } from './epochs.ts';
import type { EpochResult, TrainOptions } from './trainOptions.ts';
import { checkOutFolder, lockTraining } from './outFolder.ts';
import { layoutParameters } from './parameters.ts';
import { openSavedBest, type SavedBest } from './savedRun.ts';
import { writeModel } from './writeModel.ts';

export interface KeepBestOptions extends Pick<TrainOptions, 'base' | 'out'> {
  /** Whether to replace a finished model at `out`. */
  readonly replace?: boolean;
}

/** The model that is kept from a stopped run. */
export interface KeptModel {
  /** Its folder: `out`, or one next to it. */
  readonly out: string;
  readonly best: { readonly epoch: number; readonly devF1: number };
  readonly epochs: readonly EpochResult[];
  /** The number of planned epochs. */
  readonly planned: number;
}

/**
 * Writes the best checkpoint of a stopped run as a model folder; undefined if no epoch was scored. It is read from the
 * saved state of the run, which stays so that the run can be resumed. The folder is `out`, or, if `out` is a finished
 * model and `replace` is not set, `out` followed by `-stopped`. Throws `UserError` if it cannot be written.
 */
export async function keepBest(options: KeepBestOptions): Promise<KeptModel | undefined> {
  const saved = await openSavedBest(options.out);
  if (saved === undefined) return undefined;
  try {
    const unlock = await lockTraining(options.out);
    try {
      return await writeBest(saved, options);
    } finally {
      await unlock();
    }
  } finally {
    await saved.close();
  }
}

async function writeBest(
  saved: SavedBest,
  { base, out, replace }: KeepBestOptions,
): Promise<KeptModel | undefined> {
  const { record, results } = saved;
  const best = bestOf(results);
  if (best === undefined) return undefined;
  const config = await readModelConfig(base);
  const { size } = layoutParameters(config, record.head, record.hyperparameters.freeze);
  const weights = {
    weights: new Float32Array(size),
    embeddings: new Float32Array(embeddingsSize(config)),
  };
  await saved.load(weights);
  const target = replace === true ? out : await folderBeside(out);
  await checkOutFolder(target, base);
  await writeModel({ record, config, weights, best, results, stopped: true }, base, target);
  return {
    out: target,
    best: { epoch: best.epoch, devF1: best.devF1 },
    epochs: results,
    planned: record.hyperparameters.epochs,
  };
}

/** The first of `out`, `out-stopped`, `out-stopped-2` ... that is neither a finished model nor has files of the user. */
async function folderBeside(out: string): Promise<string> {
  const folder = path.resolve(out);
  for (let count = 0; ; count++) {
    const ending = ['', '-stopped'][count] ?? `-stopped-${count}`;
    const beside = `${folder}${ending}`;
    if (!(await isFinishedModel(beside)) && (await isReplaceable(beside)))
      return ending === '' ? out : beside;
  }
}

function isReplaceable(folder: string): Promise<boolean> {
  return checkReplaceable(folder).then(
    () => true,
    (error: unknown) => {
      if (error instanceof UserError) return false;
      throw error;
    },
  );
}

/** Whether a folder is a model that was not kept from a stopped run. */
async function isFinishedModel(folder: string): Promise<boolean> {
  if (!(await fileExists(path.join(folder, 'config.json')))) return false;
  const info = await readModelInfo(folder).catch(() => undefined);
  return info?.stopped === undefined;
}
