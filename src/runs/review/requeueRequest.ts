import { runFiles } from '../runFiles.ts';
import path from 'node:path';
import { UserError } from '../../foundation/userError.ts';
import { openAppendLog } from '../appendLog.ts';
import type { LedgerEntry } from '../ledgerEntry.ts';
import { lockRun } from '../runLock.ts';
import { requestsOfRun } from './requestsOfRun.ts';

/**
 * Records a request again under a new index, as not sent, and returns the index. If texts are still missing when the run is
 * resumed, it is sent before new requests. Sends nothing. Throws `UserError`, also while another process writes to the run.
 */
export async function requeueRequest(folder: string, number: number): Promise<number> {
  const ledger = path.join(folder, runFiles.ledger);
  const unlock = await lockRun(folder);
  try {
    const { byIndex, nextIndex } = await requestsOfRun(ledger, false);
    const asked = byIndex.get(number);
    if (asked === undefined) {
      throw new UserError('The ledger does not contain the request for this text.', {
        place: { file: ledger },
      });
    }
    const { batch: _, ...request } = asked;
    const again = { ...request, index: nextIndex };
    // Recorded as not sent and not charged, so that it does not count as possibly spent.
    const unsent: LedgerEntry = {
      event: 'failed',
      index: nextIndex,
      reason: 'asked again in review',
      mayBeCharged: false,
      last: true,
    };
    const log = await openAppendLog(ledger);
    try {
      await log.append(`${JSON.stringify(again)}\n${JSON.stringify(unsent)}\n`);
    } finally {
      await log.close();
    }
    return nextIndex;
  } finally {
    await unlock();
  }
}
