import { runFiles } from '../runFiles.ts';
import { isFinal } from '../../llm/batch/batchService.ts';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../foundation/userError.ts';
import { lockRun } from '../runLock.ts';
import { wait } from '../../llm/sending/wait.ts';
import { batchPath, changeBatches, readBatches, type Batch, type BatchChange } from './batchList.ts';
import { retrying, type Retries } from '../../llm/batch/retrying.ts';
import type { BatchService } from '../../llm/batch/batchService.ts';

interface FollowOptions extends Retries {
  /** The run's folder. */
  readonly folder: string;
  readonly service: BatchService;
}

/** Batches that are at the service, with what it says of them now. Throws `UserError`, `ProviderFailure` or `CancelledError`. */
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
 * Fetches the output and error files of all batches that are done into the run's folder; with `every`
 * (milliseconds between two looks) waits until all are. Gives all batches. Throws as `lookAtBatches`.
 */
export async function fetchBatches(
  options: FollowOptions & { readonly every?: number },
  { signal, onLook }: FetchHooks,
): Promise<readonly Batch[]> {
  const { folder, service, every } = options;
  for (;;) {
    const batches = await lookAtBatches(options, signal);
    const submitted = batches.filter((batch) => batch.service !== undefined);
    if (submitted.length === 0) {
      throw new UserError('No batch of the run is at a service.', {
        place: { file: folder },
        nextStep: 'Submit them with "chartmark batch submit"; or name result files behind --batch-in.',
      });
    }
    onLook?.(batches);
    for (const batch of submitted) {
      const { number, service: done, fetched } = batch;
      if (done === undefined || !isFinal(done) || fetched !== undefined) continue;
      await mkdir(batchPath(folder, 'batches'), { recursive: true });
      const files: string[] = [];
      for (const [kind, id] of [
        ['output', done.outputFile],
        ['errors', done.errorFile],
      ] as const) {
        if (id === undefined) continue;
        const file = `batches/${number}.${kind}.jsonl`;
        await retrying(() => service.download(id, batchPath(folder, file), signal), options, signal);
        files.push(file);
      }
      await change(folder, [{ number, fetched: files }]);
    }
    const isWaiting = submitted.some((batch) => batch.service !== undefined && !isFinal(batch.service));
    if (!isWaiting || every === undefined) return await readBatches(folder);
    await wait(every, signal);
  }
}

/** Asks the service to stop working on a run's batches. What is done by then can be fetched. Throws as `lookAtBatches`. */
export async function cancelBatches(options: FollowOptions, signal: AbortSignal): Promise<readonly Batch[]> {
  const { folder, service } = options;
  for (const { number, service: known } of await lookAtBatches(options, signal)) {
    if (known === undefined || isFinal(known) || known.status === 'cancelling') continue;
    const now = await retrying(() => service.cancel(known.id, signal), options, signal);
    await change(folder, [{ number, service: now }]);
  }
  return await readBatches(folder);
}

/** Changes the list as the one who is at work in the folder. */
async function change(folder: string, changes: readonly BatchChange[]): Promise<void> {
  if (changes.length === 0) return;
  const unlock = await lockRun(path.resolve(folder, runFiles.lock));
  try {
    await changeBatches(folder, changes);
  } finally {
    await unlock();
  }
}
