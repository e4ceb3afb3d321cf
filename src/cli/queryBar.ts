import { describeQueries } from '../generation/run/describeProgress.ts';
import type { QueryHooks } from '../questions/engine/queryAll.ts';
import type { CliContext } from './context.ts';
import { progressBar } from './progressBar.ts';

/** Runs `work`, which queries a language model about texts, with a live bar on standard error. */
export async function withQueryBar<T>(
  { signal }: CliContext,
  title: string,
  work: (hooks: QueryHooks) => Promise<T>,
): Promise<T> {
  const bar = progressBar(process.stderr, title);
  try {
    return await work({
      signal,
      onProgress: ({ done, total, ...more }) =>
        bar.update(done / total, describeQueries(`${done} of ${total}`, more)),
    });
  } finally {
    bar.finish();
  }
}
