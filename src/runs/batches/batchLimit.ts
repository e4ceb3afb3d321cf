import path from 'node:path';
import { UserError } from '../../foundation/userError.ts';
import { dollars } from '../../llm/cost/dollars.ts';
import { readLedgerState } from '../ledgerState.ts';
import { runFiles } from '../runFiles.ts';
import type { Batch } from './batchList.ts';

/** The highest possible cost of batches, in USD. Undefined if the price was unknown when one of them was written. */
export function costUpTo(batches: readonly Batch[]): number | undefined {
  if (batches.some(({ upTo }) => upTo === undefined)) return undefined;
  return batches.reduce((sum, { upTo = 0 }) => sum + upTo, 0);
}

/** Throws `UserError` if a run could cost more than its limit. `upToUsd` is the result of `costUpTo`. */
export async function checkBatchLimit(
  folder: string,
  maxCostUsd: number | undefined,
  upToUsd: number | undefined,
): Promise<void> {
  if (maxCostUsd === undefined) return;
  if (upToUsd === undefined) {
    throw new UserError(
      `The limit of ${maxCostUsd} USD cannot be enforced: the price was not known when the batch files were written.`,
      { nextStep: 'Add the price to "generation.prices" in chartmark.json, and write the batches again.' },
    );
  }
  const { usage, out } = await readLedgerState(path.join(folder, runFiles.ledger), { isLookedAt: true });
  const spent = usage.costUsd + usage.unansweredUsd;
  const outUsd = out.reduce((sum, { upTo = 0 }) => sum + upTo, 0);
  if (spent + outUsd <= maxCostUsd + 1e-9) return;
  throw new UserError(
    `The limit is ${dollars(maxCostUsd)}: ${dollars(spent)} has been spent, and the batches could cost ${dollars(outUsd)}.`,
    { nextStep: 'Set a higher limit, or write fewer requests (--ask-missing, --count).' },
  );
}
