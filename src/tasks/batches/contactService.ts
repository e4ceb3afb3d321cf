import type { Batch } from '../../runs/batches/batchList.ts';
import { cancelBatches, fetchBatches, lookAtBatches } from '../../runs/batches/followBatches.ts';
import { Disclosure, type SendingTask } from '../sending/consent.ts';
import { IdentifierScan } from '../sending/identifierScan.ts';
import { type BatchInput, openBatchRun } from './batchRun.ts';

interface ContactInput extends BatchInput {
  readonly action: 'status' | 'fetch' | 'cancel';
  /** If set, checks the batches at this interval (in milliseconds) and fetches until all are finished. */
  readonly every?: number | undefined;
}

interface ContactHooks {
  readonly signal: AbortSignal;
  /** Called each time the service was queried. */
  readonly onLook?: (batches: readonly Batch[]) => void;
}

/** Prepares to check, fetch or cancel a run's batches at the service. No prompt is sent, but the API key is. Throws `UserError`. */
export async function prepareContact(
  input: ContactInput,
): Promise<SendingTask<'contact service', readonly Batch[], ContactHooks>> {
  const { action, every, project } = input;
  const { model, connect } = await openBatchRun(input);
  const disclosure = new Disclosure({
    task: 'contact service',
    model,
    wanted: wanted[action],
    sends: 'key',
    sent: 'Sent: the API key and the names that the service gave to batches and files. No prompts and no texts.',
    estimate: { requests: 0, texts: 0, tokens: { input: 0, output: 0 } },
    mayGrow: '',
    maxCostUsd: undefined,
    prices: project.generation.prices,
    identifiers: IdentifierScan.ofTexts([]),
  });
  return {
    disclosure,
    start: async (consent, { signal, onLook }) => {
      consent.require(disclosure);
      const work = await connect();
      if (action === 'status') return lookAtBatches(work, signal);
      if (action === 'cancel') return cancelBatches(work, signal);
      return fetchBatches(
        { ...work, ...(every === undefined ? {} : { every }) },
        { signal, ...(onLook === undefined ? {} : { onLook }) },
      );
    },
  };
}

const wanted = {
  status: 'The status of batches',
  fetch: 'The results of batches',
  cancel: 'The cancellation of batches',
} as const;
