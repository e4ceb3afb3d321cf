import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../foundation/userError.ts';

/** Padded tokens of a batch. More of them no longer fit a core's cache and took 10 % longer, fewer gained nothing. */
const tokensPerBatch = 512;
const rowsPerBatch = 16;

/** Indices of rows, in batches of rows of like length, so that little is padding. Longest first. */
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
 * Lets other work of this thread run (a cancel message come in) and throws `CancelledError` when it did.
 * Needed between batches, because running one blocks the thread.
 */
export async function betweenBatches(signal: AbortSignal | undefined): Promise<void> {
  await nextTurn();
  throwIfCancelled(signal);
}
