import path from 'node:path';
import { dataSources } from '../process/dataSources.ts';
import type { TrainJob } from '../process/protocol.ts';
import { trainingOptions } from '../project/trainingOptions.ts';
import { readSavedRun, type RunSettings } from '../training/savedRun.ts';

/**
 * Whether the unfinished training of a job's model can be resumed by this job: it was of the same task, files, base encoder
 * and settings. What only the training itself can find out, such as a review in between, is left to it.
 */
export async function canResume(job: TrainJob): Promise<boolean> {
  const saved = await readSavedRun(job.out);
  if (saved === undefined) return false;
  const { info } = saved.record;
  if (info.task !== job.task || info.base !== path.basename(path.resolve(job.base))) return false;
  if (!hasSettings(saved.settings, job)) return false;
  const hashesOf = (role: 'train' | 'dev'): string | undefined =>
    info.data
      .find((part) => part.role === role)
      ?.sources?.map(({ sha256 }) => sha256)
      .join();
  return hashesOf('train') === (await hashesIn(job.train)) && hashesOf('dev') === (await hashesIn(job.dev));
}

async function hashesIn(paths: readonly string[] | undefined): Promise<string | undefined> {
  return paths === undefined ? undefined : (await dataSources(paths)).map(({ sha256 }) => sha256).join();
}

/** Whether a run has the settings that a job names. Those that it leaves out follow from its data. */
function hasSettings(settings: RunSettings, job: TrainJob): boolean {
  return Object.entries(trainingOptions).every(([name, option]) => {
    const wanted: unknown = Object.entries(job).find(([key]) => key === name)?.[1];
    if (!('recordedAs' in option) || typeof wanted !== 'number') return true;
    return settings[option.recordedAs] === wanted;
  });
}
