import { describeQueries } from '../../generation/run/describeProgress.ts';
import type { ModelInfo } from '../../llm/provider.ts';
import type { QueryHooks } from '../../questions/engine/queryAll.ts';
import { withProgress } from '../progress.ts';
import { showDestination } from './destinationStatus.ts';

/** Runs `work`, which queries a model about texts: with progress, a Cancel button, and the destination in the status bar. */
export async function withQueryProgress<T>(
  title: string,
  { destination, model }: ModelInfo,
  work: (hooks: QueryHooks) => Promise<T>,
): Promise<T> {
  const status = showDestination(destination, model, 'texts');
  try {
    return await withProgress(title, (signal, report) =>
      work({
        signal,
        onProgress: ({ done, total, ...more }) =>
          report(describeQueries(`${done} of ${total}`, more), done / total),
      }),
    );
  } finally {
    status.dispose();
  }
}
