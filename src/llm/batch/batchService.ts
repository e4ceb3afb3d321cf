import { openAsBlob } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { APIUserAbortError } from 'openai';
import { withTemporaryFile } from '../../foundation/temporaryFiles.ts';
import { asFileError, CancelledError } from '../../foundation/userError.ts';
import type { Destination } from '../provider.ts';
import { openAiClient } from '../openai/openaiClient.ts';
import { asProviderFailure } from '../openai/openaiFailure.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';
import { readFileId, readServiceBatch, type ServiceBatch } from './serviceBatch.ts';

/** The endpoint of the requests in a batch. */
export const batchEndpoint = '/v1/chat/completions';

/** A service's Files and Batches endpoints. Each call is one attempt and throws `ProviderFailure` or `CancelledError`. */
export interface BatchService {
  readonly destination: Destination;
  /** Gives the service's name of the file. */
  upload(file: string, signal: AbortSignal): Promise<string>;
  create(upload: string, marks: Marks, signal: AbortSignal): Promise<ServiceBatch>;
  /** The newest batch that was created with these marks. */
  find(marks: Marks, signal: AbortSignal): Promise<ServiceBatch | undefined>;
  retrieve(id: string, signal: AbortSignal): Promise<ServiceBatch>;
  cancel(id: string, signal: AbortSignal): Promise<ServiceBatch>;
  /** Writes a file of the service to `file`, whole or not at all. */
  download(id: string, file: string, signal: AbortSignal): Promise<void>;
}

/** How a batch is recognised. The marks say nothing about the content of its requests. */
export interface Marks {
  readonly run: string;
  /** SHA-256 of the batch file. */
  readonly input: string;
}

interface ServiceOptions {
  /** A service on this computer may need none. */
  readonly apiKey?: string;
  readonly baseUrl?: string;
  readonly model: string;
  /** For one call that carries no file, and for how long the service may send nothing of a file; in milliseconds. */
  readonly timeout: number;
}

/** In milliseconds: a file of 200 MB takes this long at half a megabit per second. */
const uploadTimeout = 3_600_000;
/** The maximum number of batches to search for one that was already created. */
const mostListed = 1000;

/** Throws `UserError` if the address or the key is not valid. */
export function batchService({ apiKey, baseUrl, model, timeout }: ServiceOptions): BatchService {
  const { client, destination } = openAiClient(apiKey, baseUrl);
  // Results are larger than any reply, and are written to the disk as they arrive.
  const { client: streaming } = openAiClient(apiKey, baseUrl, fetch);
  const { host } = destination;

  const call = async <T>(
    work: (signal: AbortSignal) => Promise<T>,
    cancel: AbortSignal,
    limit = timeout,
  ): Promise<T> => {
    const late = AbortSignal.timeout(limit);
    try {
      return await work(AbortSignal.any([cancel, late]));
    } catch (error) {
      if (cancel.aborted) throw new CancelledError();
      if (late.aborted || error instanceof APIUserAbortError) throw silent(host, limit);
      throw asBatchFailure(asProviderFailure(error, { ...destination, model }), host);
    }
  };

  return {
    destination,
    upload: (file, cancel) =>
      call(
        async (signal) => {
          // A blob of the file is read while it is sent.
          const blob = await openAsBlob(file).catch((error: unknown) => {
            throw asFileError(error, file);
          });
          const answer: unknown = await client.files.create(
            { file: new File([blob], path.basename(file)), purpose: 'batch' },
            { signal },
          );
          return readFileId(answer, host);
        },
        cancel,
        uploadTimeout,
      ),
    create: (upload, { run, input }, cancel) =>
      call(
        async (signal) =>
          readServiceBatch(
            await client.batches.create(
              {
                input_file_id: upload,
                endpoint: batchEndpoint,
                completion_window: '24h',
                metadata: { chartmark_run: run, chartmark_input: input },
              },
              { signal, headers: { 'Idempotency-Key': `${run}-${input.slice(0, 32)}` } },
            ),
            host,
          ),
        cancel,
      ),
    find: ({ run, input }, cancel) =>
      call(async (signal) => {
        let seen = 0;
        for await (const batch of client.batches.list({ limit: 100 }, { signal })) {
          const { metadata } = batch;
          if (metadata?.['chartmark_run'] === run && metadata['chartmark_input'] === input) {
            return readServiceBatch(batch, host);
          }
          if (++seen >= mostListed) break;
        }
        return undefined;
      }, cancel),
    retrieve: (id, cancel) =>
      call(async (signal) => readServiceBatch(await client.batches.retrieve(id, { signal }), host), cancel),
    cancel: (id, cancel) =>
      call(async (signal) => readServiceBatch(await client.batches.cancel(id, { signal }), host), cancel),
    download: async (id, file, cancel) => {
      const stalled = new AbortController();
      const timer = setTimeout(() => stalled.abort(), timeout);
      try {
        const response = await streaming.files.content(id, {
          signal: AbortSignal.any([cancel, stalled.signal]),
        });
        await withTemporaryFile(path.dirname(file), async (temporary) => {
          const handle = await open(temporary, 'wx');
          try {
            for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
              timer.refresh();
              await handle.appendFile(chunk);
            }
            await handle.sync();
          } finally {
            await handle.close();
          }
          await rename(temporary, file);
        });
      } catch (error) {
        if (cancel.aborted) throw new CancelledError();
        if (stalled.signal.aborted) throw silent(host, timeout);
        throw asBatchFailure(
          asProviderFailure(asBroken(asFileError(error, file), host), { ...destination, model }),
          host,
        );
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function silent(host: string, ms: number): ProviderFailure {
  return new ProviderFailure(`${host} did not answer within ${ms / 1000} seconds.`, {
    kind: 'broken',
    reason: 'timeout',
    mayBeCharged: true,
    nextStep: 'Try again later.',
  });
}

/** `fetch` reports a connection that ends in the middle of a body with a plain `TypeError`. */
function asBroken(error: unknown, host: string): unknown {
  if (!(error instanceof TypeError)) return error;
  return new ProviderFailure(`The connection to ${host} was interrupted.`, {
    kind: 'broken',
    reason: 'connection',
    mayBeCharged: false,
    nextStep: 'Try again later.',
  });
}

/** What statuses mean for requests about batches. */
function asBatchFailure(error: unknown, host: string): unknown {
  if (!(error instanceof ProviderFailure)) return error;
  const { details } = error;
  const fatal = (message: string, nextStep: string): ProviderFailure =>
    new ProviderFailure(message, { ...details, kind: 'fatal', nextStep });
  switch (details.reason) {
    case 'status 403':
      return fatal(`${host} does not allow this API key to use batches.`, 'Choose another key.');
    case 'status 404':
    case 'status 405':
    case 'status 501':
      return fatal(
        `${host} has no such file or batch, or has no Batch API (${details.reason}).`,
        'Check the base URL, and whether the service has a Batch API.',
      );
    case 'no completion':
      return fatal(`The answer of ${host} is not a batch.`, 'Check the base URL.');
    default:
      return error;
  }
}
