import { isFinal } from '../../llm/batch/batchService.ts';
import { UserError } from '../../foundation/userError.ts';
import type { RequestEntry } from '../ledger.ts';
import type { RunFolder } from '../runFolder.ts';
import { changeBatches, readBatches, type Batch } from './batchList.ts';

interface SettleOptions {
  /** The run's folder. */
  readonly out: string;
  /** Gives up waiting for requests of batches that Chartmark did not submit. */
  readonly askMissing: boolean;
}

/**
 * Brings the requests that are out in batches up to date before a run goes on: those of a batch file that was
 * never whole are free again, and with `askMissing` those that nothing more is heard of. Throws `UserError`
 * when a batch is at the service and its results are still to be had.
 */
export async function settleBatches(
  folder: RunFolder,
  { out, askMissing }: SettleOptions,
): Promise<RunFolder> {
  const waiting = folder.state.out;
  if (waiting.length === 0) return folder;
  const batches = new Map((await readBatches(out)).map((batch) => [batch.number, batch]));
  const ofBatch = ({ batch = 0 }: RequestEntry): Batch | undefined => batches.get(batch);
  const numbers = new Set(waiting.map(({ batch = 0 }) => batch));
  const givenUp = askMissing ? [...numbers].flatMap((number) => batches.get(number) ?? []) : [];
  for (const batch of givenUp) refuseToGiveUp(batch, out);
  await changeBatches(
    out,
    givenUp.map(({ number }) => ({ number, isClosed: true })),
  );
  const isLost = (request: RequestEntry): boolean => askMissing || ofBatch(request) === undefined;
  const lost = waiting.filter(isLost);
  await Promise.all(
    lost.map((request) => {
      // A file that was whole may have been submitted by other means.
      const isWhole = ofBatch(request) !== undefined;
      return folder.failed(request.index, {
        reason: isWhole ? 'missing' : 'not sent',
        mayBeCharged: isWhole,
        last: true,
      });
    }),
  );
  if (lost.length === 0) return folder;
  const { state } = folder;
  const unansweredUsd = lost
    .filter((request) => ofBatch(request) !== undefined)
    .reduce((sum, { upTo = 0 }) => sum + upTo, state.usage.unansweredUsd);
  return {
    ...folder,
    state: {
      ...state,
      open: [...state.open, ...lost].sort((a, b) => a.index - b.index),
      out: waiting.filter((request) => !isLost(request)),
      usage: { ...state.usage, unansweredUsd },
    },
  };
}

function refuseToGiveUp({ number, service, isAskedFor, fetched, isClosed }: Batch, out: string): void {
  if (isClosed === true) return;
  const refuse = (message: string, nextStep: string): never => {
    throw new UserError(message, { place: { file: out }, nextStep });
  };
  if (service === undefined && isAskedFor === true) {
    refuse(
      `Nobody knows whether batch ${number} was submitted.`,
      'Run "chartmark batch submit" again first.',
    );
  }
  if (service !== undefined && !isFinal(service)) {
    refuse(`Batch ${number} is at the service (${service.status}).`, 'Wait for it, or cancel it, first.');
  }
  if (service !== undefined && fetched === undefined) {
    refuse(`The results of batch ${number} are at the service.`, 'Run "chartmark batch fetch" first.');
  }
  if (fetched !== undefined) {
    refuse(`The results of batch ${number} are fetched and not taken in.`, 'Add --batch-in first.');
  }
}
