import { runFiles } from '../runFiles.ts';
import type { ServiceBatch } from '../../llm/batch/batchService.ts';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { asFileError, UserError } from '../../foundation/userError.ts';
import { lockRun } from '../runLock.ts';
import { ProviderFailure } from '../../llm/sending/providerFailure.ts';
import { batchPath, changeBatches, readBatches, type Batch } from './batchList.ts';
import { retrying, type Retries } from '../../llm/batch/retrying.ts';
import type { BatchService, Marks } from '../../llm/batch/batchService.ts';

interface SubmitOptions extends Retries {
  /** The run's folder. */
  readonly folder: string;
  /** The run's name. */
  readonly run: string;
  readonly service: BatchService;
  /** Makes a batch anew where nobody can say whether an earlier try made it. */
  readonly isSureItIsNot?: boolean;
}

interface SubmitHooks {
  readonly signal: AbortSignal;
  readonly onSubmitted?: (batch: Batch, isFoundAgain: boolean) => void;
}

/** Batches that are not at the service yet. Throws `UserError` when there are none. */
export function toSubmit(batches: readonly Batch[], folder: string): readonly Batch[] {
  const waiting = batches.filter(({ service, isClosed }) => service === undefined && isClosed !== true);
  if (waiting.length > 0) return waiting;
  throw new UserError(
    batches.length === 0
      ? 'The run has no batch files.'
      : 'All batches of the run are submitted or given up already: none is submitted twice.',
    {
      place: { file: folder },
      nextStep:
        batches.length === 0
          ? 'Write them with "chartmark generate --batch-out FILE".'
          : 'See how they do with "chartmark batch status".',
    },
  );
}

/**
 * Uploads and submits a run's batch files one after the other. Every step is in the run's folder before the
 * next one, and a batch is looked for at the service before it is made: however it is stopped, going on makes
 * none twice. Throws `UserError`, `ProviderFailure` or `CancelledError`.
 */
export async function submitBatches(options: SubmitOptions, hooks: SubmitHooks): Promise<void> {
  const { folder, run, service } = options;
  const { signal } = hooks;
  const unlock = await lockRun(path.resolve(folder, runFiles.lock));
  try {
    for (const batch of toSubmit(await readBatches(folder), folder)) {
      const { number } = batch;
      const file = batchPath(folder, batch.file);
      const marks: Marks = { run, input: batch.sha256 };
      await mustBeAsWritten(file, batch);
      const found = await findAgain(batch, marks, options, signal);
      if (found !== undefined) {
        await changeBatches(folder, [{ number, service: found }]);
        hooks.onSubmitted?.({ ...batch, service: found }, true);
        continue;
      }
      const upload = await retrying(() => service.upload(file, signal), options, signal);
      await changeBatches(folder, [{ number, upload, isAskedFor: true }]);
      const made = await create(upload, marks, options, signal).catch(async (error: unknown) => {
        // The service has said no: the next try need not look for what this one made.
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

/** A batch that an earlier try made, though its answer never came. */
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
      `An earlier try may have submitted batch ${number}, and ${service.destination.host} does not list its batches.`,
      { nextStep: 'Look there; if it is not there, submit it with --again.' },
    );
  }
}

/** Makes a batch; after a try whose answer never came it looks whether the batch is there. */
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

async function mustBeAsWritten(file: string, { sha256 }: Batch): Promise<void> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    throw asFileError(error, file);
  }
  if (hash.digest('hex') === sha256) return;
  throw new UserError('This batch file is not as it was written.', {
    place: { file },
    nextStep: 'Restore it; or write its requests anew with --batch-out and --ask-missing.',
  });
}
