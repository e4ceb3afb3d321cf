import { describeAsking } from '../generation/run/describeProgress.ts';
import type { QueryHooks } from '../questions/engine/queryAll.ts';
import type { CliContext } from './context.ts';
import { progressBar } from './progressBar.ts';

/** Asks a language model about texts with a live bar on standard error. */
export async function withAskingBar<T>(
  { signal }: CliContext,
  title: string,
  ask: (hooks: QueryHooks) => Promise<T>,
): Promise<T> {
  const bar = progressBar(process.stderr, title);
  try {
    return await ask({
      signal,
      onProgress: ({ done, total, ...more }) =>
        bar.update(done / total, describeAsking(`${done} of ${total}`, more)),
    });
  } finally {
    bar.finish();
  }
}
