import { readLedger } from '../ledger.ts';
import type { RequestEntry } from '../ledgerEntry.ts';

/** The requests in a run's ledger. */
export interface RunRequests {
  readonly byIndex: ReadonlyMap<number, RequestEntry>;
  /** The index of the request for an accepted text. `number` is the number of the text, from 1. */
  ofAccepted(number: number): number | undefined;
  /** The lengths of accepted.jsonl and rejected.jsonl after the last outcome. */
  readonly acceptedBytes: number;
  readonly rejectedBytes: number;
  /** The first unused index. */
  readonly nextIndex: number;
}

/** Reads a ledger. With `isLookedAt` the file is not repaired if its last line is incomplete. Throws `UserError`. */
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
