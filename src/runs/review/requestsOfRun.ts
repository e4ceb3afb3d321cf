import { readLedger } from '../ledger.ts';
import type { RequestEntry } from '../ledgerEntry.ts';

/** What a ledger says about the requests that a run's texts came from. */
export interface RunRequests {
  readonly byIndex: ReadonlyMap<number, RequestEntry>;
  /** The request that brought an accepted text; texts count from 1. */
  ofAccepted(number: number): number | undefined;
  /** Lengths of the two files after the last outcome. */
  readonly acceptedBytes: number;
  readonly rejectedBytes: number;
  /** The first index that was never used. */
  readonly nextIndex: number;
}

/** Reads a ledger. With `isLookedAt` it leaves the file as it is, even if its last line is incomplete. Throws `UserError`. */
export async function requestsOfRun(ledger: string, isLookedAt = true): Promise<RunRequests> {
  const byIndex = new Map<number, RequestEntry>();
  const ofAccepted: number[] = [];
  let acceptedBytes = 0;
  let rejectedBytes = 0;
  let nextIndex = 0;
  for await (const entry of readLedger(ledger, isLookedAt)) {
    nextIndex = Math.max(nextIndex, entry.index + 1);
    if (entry.event === 'request') byIndex.set(entry.index, entry);
    if (entry.event !== 'outcome') continue;
    for (let text = 0; text < entry.accepted; text++) ofAccepted.push(entry.index);
    ({ acceptedBytes, rejectedBytes } = entry);
  }
  return {
    byIndex,
    ofAccepted: (number) => ofAccepted[number - 1],
    acceptedBytes,
    rejectedBytes,
    nextIndex,
  };
}
