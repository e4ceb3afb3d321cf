import { describeSpent } from '../synthesis/describeProgress.ts';
import type { AskingHooks } from '../synthesis/extract/askAll.ts';
import type { CliContext } from './context.ts';
import { progressBar } from './progressBar.ts';

/** Asks a language model about texts with a live bar on standard error. */
export async function withAskingBar<T>(
  { signal }: CliContext,
  title: string,
  ask: (hooks: AskingHooks) => Promise<T>,
): Promise<T> {
  const bar = progressBar(process.stderr, title);
  try {
    return await ask({
      signal,
      onProgress: ({ done, total, costUsd, trouble }) =>
        bar.update(
          done / total,
          [
            `${done} of ${total}`,
            costUsd === undefined ? '' : describeSpent(costUsd),
            trouble === undefined ? '' : `trying again (${trouble})`,
          ]
            .filter(Boolean)
            .join(', '),
        ),
    });
  } finally {
    bar.finish();
  }
}
