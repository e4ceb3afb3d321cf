import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../foundation/userError.ts';

/** Padded tokens per batch. More no longer fit a core's cache and took 10 % longer; fewer were no faster. */
const tokensPerBatch = 512;
const rowsPerBatch = 16;

/** Groups row indices into batches of similar length, longest first, so that little padding is needed. */
export function batchByLength(lengths: readonly number[]): number[][] {
  const order = lengths.map((_, index) => index);
  order.sort((a, b) => (lengths[b] as number) - (lengths[a] as number) || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  let longest = 0;
  for (const index of order) {
    if (batch.length === rowsPerBatch || (batch.length + 1) * longest > tokensPerBatch) {
      batches.push(batch);
      batch = [];
    }
    if (batch.length === 0) longest = lengths[index] as number;
    batch.push(index);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/**
 * Lets other work of this thread run, such as receiving a cancel message; throws `CancelledError` once the signal is
 * aborted. Needed because running a batch blocks the thread.
 */
export async function betweenBatches(signal: AbortSignal | undefined): Promise<void> {
  await nextTurn();
  throwIfCancelled(signal);
}
