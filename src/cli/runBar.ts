import { describeProgress } from '../generation/run/describeProgress.ts';
import type { GenerateProgress } from '../generation/run/generateProgress.ts';
import { progressBar } from './progressBar.ts';

/** Runs `work` with a live bar of accepted and rejected texts on standard error. */
export async function withRunBar<T>(
  work: (onProgress: (progress: GenerateProgress) => void) => Promise<T>,
): Promise<T> {
  const bar = progressBar(process.stderr, 'Generating');
  try {
    return await work((progress) =>
      bar.update(progress.accepted / progress.wanted, describeProgress(progress)),
    );
  } finally {
    bar.finish();
  }
}
