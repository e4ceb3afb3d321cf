import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { asFileError, UserError } from '../../foundation/userError.ts';
import type { BatchService, Marks } from '../../llm/batch/batchService.ts';
import { type Retries, retrying } from '../../llm/batch/retrying.ts';
import type { ServiceBatch } from '../../llm/batch/serviceBatch.ts';
import { ProviderFailure } from '../../llm/sending/providerFailure.ts';
import { lockRun } from '../runLock.ts';
import { type Batch, batchPath, changeBatches, readBatches } from './batchList.ts';

interface SubmitOptions extends Retries {
  readonly folder: string;
  /** The run's name. */
  readonly run: string;
  readonly service: BatchService;
  /** Submits a batch even if an earlier attempt may have submitted it. */
  readonly isSureItIsNot?: boolean;
}

export interface SubmitHooks {
  readonly signal: AbortSignal;
  readonly onSubmitted?: (batch: Batch, isFoundAgain: boolean) => void;
}

/** Batches that are not at the service yet. Throws `UserError` if there are none. */
export function toSubmit(batches: readonly Batch[], folder: string): readonly Batch[] {
  const waiting = batches.filter(({ service, isClosed }) => service === undefined && isClosed !== true);
  if (waiting.length > 0) return waiting;
  throw new UserError(
    batches.length === 0
      ? 'The run has no batch files.'
      : 'All batches of the run are already submitted or given up.',
    {
      place: { file: folder },
      nextStep:
        batches.length === 0
          ? 'Write them with "chartmark generate --batch-out FILE".'
          : 'See their state with "chartmark batch status".',
    },
  );
}

/**
 * Uploads and submits a run's batch files one after the other. So that no batch is created twice, even after a crash, each
 * step is recorded in the run's folder before the next one, and the service is searched for a batch before it is created.
 * Throws `UserError`, `ProviderFailure` or `CancelledError`.
 */
export async function submitBatches(options: SubmitOptions, hooks: SubmitHooks): Promise<void> {
  const { folder, run, service } = options;
  const { signal } = hooks;
  const unlock = await lockRun(folder);
  try {
    for (const batch of toSubmit(await readBatches(folder), folder)) {
      const { number } = batch;
      const file = batchPath(folder, batch.file);
      const marks: Marks = { run, input: batch.sha256 };
      await checkBatchFile(folder, batch);
      const found = await findAgain(batch, marks, options, signal);
      if (found !== undefined) {
        await changeBatches(folder, [{ number, service: found }]);
        hooks.onSubmitted?.({ ...batch, service: found }, true);
        continue;
      }
      const upload = await retrying(() => service.upload(file, signal), options, signal);
      await changeBatches(folder, [{ number, upload, isAskedFor: true }]);
      const made = await create(upload, marks, options, signal).catch(async (error: unknown) => {
        // The service has refused, so the next attempt need not search for a batch.
        if (error instanceof ProviderFailure && !error.details.mayBeCharged)
          await changeBatches(folder, [{ number, isAskedFor: false }]);
        throw error;
      });
      await changeBatches(folder, [{ number, service: made }]);
      hooks.onSubmitted?.({ ...batch, service: made }, false);
    }
  } finally {
    await unlock();
  }
}

/** Finds a batch that an earlier attempt created without receiving the answer. */
async function findAgain(
  { isAskedFor, number }: Batch,
  marks: Marks,
  options: SubmitOptions,
  signal: AbortSignal,
): Promise<ServiceBatch | undefined> {
  const { service, isSureItIsNot = false } = options;
  if (isSureItIsNot) return undefined;
  try {
    return await retrying(() => service.find(marks, signal), options, signal);
  } catch (error) {
    const cannotList =
      error instanceof ProviderFailure && /^status (?:404|405|501)$/.test(error.details.reason);
    if (!cannotList) throw error;
    if (isAskedFor !== true) return undefined;
    throw new UserError(
      `An earlier attempt may have submitted batch ${number}, and ${service.destination.host} does not list its batches.`,
      { nextStep: 'Look for the batch at the service. If it is not there, submit it with --again.' },
    );
  }
}

/** Creates a batch. After an attempt without an answer, searches for the batch first. */
async function create(
  upload: string,
  marks: Marks,
  options: SubmitOptions,
  signal: AbortSignal,
): Promise<ServiceBatch> {
  const { service } = options;
  let isUnsure = false;
  return await retrying(
    async () => {
      const found = isUnsure ? await service.find(marks, signal) : undefined;
      if (found !== undefined) return found;
      try {
        return await service.create(upload, marks, signal);
      } catch (error) {
        isUnsure ||= !(error instanceof ProviderFailure) || error.details.mayBeCharged;
        throw error;
      }
    },
    options,
    signal,
  );
}

/** Throws `UserError` if a batch file has changed since it was written. */
export async function checkBatchFile(folder: string, batch: Batch): Promise<void> {
  const file = batchPath(folder, batch.file);
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    throw asFileError(error, file);
  }
  if (hash.digest('hex') === batch.sha256) return;
  throw new UserError('This batch file has changed since it was written.', {
    place: { file },
    nextStep: 'Restore the file, or write its requests again with --batch-out and --ask-missing.',
  });
}
