import { isFinal } from '../../llm/batch/serviceBatch.ts';
import { UserError } from '../../foundation/userError.ts';
import type { RequestEntry } from '../ledgerEntry.ts';
import type { RunFolder } from '../runFolder.ts';
import { type Batch, changeBatches, readBatches } from './batchList.ts';

interface SettleOptions {
  readonly out: string;
  /** Stops waiting for replies from batches that Chartmark did not submit. */
  readonly askMissing: boolean;
}

/**
 * Before a run is resumed, finds the requests in batches that can be sent again: those of an incomplete batch file and, with
 * `askMissing`, all without a reply. Throws `UserError` instead of giving up a batch that may still have results.
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
      // A complete file may have been submitted without Chartmark.
      const isComplete = ofBatch(request) !== undefined;
      return folder.failed(request.index, {
        reason: isComplete ? 'missing' : 'not sent',
        mayBeCharged: isComplete,
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
      `It is unknown whether batch ${number} was submitted.`,
      'Run "chartmark batch submit" again first.',
    );
  }
  if (service !== undefined && !isFinal(service)) {
    refuse(`Batch ${number} is still at the service (${service.status}).`, 'Wait for it or cancel it first.');
  }
  if (service !== undefined && fetched === undefined) {
    refuse(`The results of batch ${number} are still at the service.`, 'Run "chartmark batch fetch" first.');
  }
  if (fetched !== undefined) {
    refuse(`The results of batch ${number} were fetched but not read.`, 'Read them with --batch-in first.');
  }
}
