import { UserError } from '../../foundation/userError.ts';
import type { BatchService } from '../../llm/batch/batchService.ts';
import { type Retries, retrying } from '../../llm/batch/retrying.ts';
import { isFinal, type ServiceBatch } from '../../llm/batch/serviceBatch.ts';
import { wait } from '../../llm/sending/wait.ts';
import { runFiles } from '../runFiles.ts';
import { lockRun } from '../runLock.ts';
import { type Batch, type BatchChange, batchPath, changeBatches, readBatches } from './batchList.ts';
import { makeFolder } from '../../foundation/makeFolder.ts';

interface FollowOptions extends Retries {
  readonly folder: string;
  readonly service: BatchService;
}

/** Updates the state of a run's batches from the service, and returns all batches. Throws `UserError`, `ProviderFailure` or `CancelledError`. */
export async function lookAtBatches(options: FollowOptions, signal: AbortSignal): Promise<readonly Batch[]> {
  const { folder, service } = options;
  const changes: BatchChange[] = [];
  for (const { number, service: known, isClosed } of await readBatches(folder)) {
    if (known === undefined || isClosed === true || isFinal(known)) continue;
    const now = await retrying(() => service.retrieve(known.id, signal), options, signal);
    changes.push({ number, service: now });
  }
  await change(folder, changes);
  return await readBatches(folder);
}

interface FetchHooks {
  readonly signal: AbortSignal;
  readonly onLook?: (batches: readonly Batch[]) => void;
}

/**
 * Fetches the output and error files of all finished batches into the run's folder. With `every`, checks them at this
 * interval (in milliseconds) until all are finished. Returns all batches. Throws as `lookAtBatches`.
 */
export async function fetchBatches(
  options: FollowOptions & { readonly every?: number },
  { signal, onLook }: FetchHooks,
): Promise<readonly Batch[]> {
  const { folder, every } = options;
  for (;;) {
    const batches = await lookAtBatches(options, signal);
    const submitted = batches.flatMap((batch) => (batch.service === undefined ? [] : [batch.service]));
    if (submitted.length === 0) {
      throw new UserError('No batch of this run has been submitted.', {
        place: { file: folder },
        nextStep: 'Submit the batches with "chartmark batch submit", or give result files with --batch-in.',
      });
    }
    onLook?.(batches);
    for (const { number, service, fetched } of batches) {
      if (service === undefined || !isFinal(service) || fetched !== undefined) continue;
      await change(folder, [{ number, fetched: await download(number, service, options, signal) }]);
    }
    if (every === undefined || submitted.every(isFinal)) return await readBatches(folder);
    await wait(every, signal);
  }
}

/** Returns the paths of the files, relative to the run's folder. */
async function download(
  number: number,
  { outputFile, errorFile }: ServiceBatch,
  options: FollowOptions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { folder, service } = options;
  await makeFolder(batchPath(folder, runFiles.batchResults));
  const files: string[] = [];
  for (const [kind, id] of Object.entries({ output: outputFile, errors: errorFile })) {
    if (id === undefined) continue;
    const file = `${runFiles.batchResults}/${number}.${kind}.jsonl`;
    await retrying(() => service.download(id, batchPath(folder, file), signal), options, signal);
    files.push(file);
  }
  return files;
}

/** Cancels a run's batches at the service. Results that are finished by then can be fetched. Throws as `lookAtBatches`. */
export async function cancelBatches(options: FollowOptions, signal: AbortSignal): Promise<readonly Batch[]> {
  const { folder, service } = options;
  for (const { number, service: known } of await lookAtBatches(options, signal)) {
    if (known === undefined || isFinal(known) || known.status === 'cancelling') continue;
    const now = await retrying(() => service.cancel(known.id, signal), options, signal);
    await change(folder, [{ number, service: now }]);
  }
  return await readBatches(folder);
}

/** Changes the list under the run's lock. */
async function change(folder: string, changes: readonly BatchChange[]): Promise<void> {
  if (changes.length === 0) return;
  const unlock = await lockRun(folder);
  try {
    await changeBatches(folder, changes);
  } finally {
    await unlock();
  }
}
