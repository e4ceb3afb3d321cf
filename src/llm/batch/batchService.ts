import { openAsBlob } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { APIUserAbortError } from 'openai';
import { isJsonObject } from '../../foundation/json.ts';
import { counted } from '../../foundation/numbers.ts';
import { asFileError, CancelledError } from '../../foundation/userError.ts';
import type { Destination } from '../provider.ts';
import { openAiClient } from '../openai/openaiClient.ts';
import { asProviderFailure } from '../openai/openaiFailure.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';

/** The endpoint that handles the requests of a batch. */
export const batchEndpoint = '/v1/chat/completions';

/** A batch as the service reports it. */
export interface ServiceBatch {
  readonly id: string;
  readonly status: string;
  readonly completed: number;
  readonly failed: number;
  readonly outputFile?: string;
  readonly errorFile?: string;
  /** Codes of errors in the file as a whole. */
  readonly errors?: readonly string[];
}

const finalStatuses = new Set(['completed', 'failed', 'expired', 'cancelled']);

/** Whether the service has finished with a batch, successfully or not. */
export function isFinal({ status }: ServiceBatch): boolean {
  return finalStatuses.has(status);
}

/** A service's Files and Batches endpoints. Each call tries once and throws `ProviderFailure` or `CancelledError`. */
export interface BatchService {
  readonly destination: Destination;
  /** Returns the service's ID of the file. */
  upload(file: string, signal: AbortSignal): Promise<string>;
  create(upload: string, marks: Marks, signal: AbortSignal): Promise<ServiceBatch>;
  /** The newest batch that was created with these marks; undefined if there is none. */
  find(marks: Marks, signal: AbortSignal): Promise<ServiceBatch | undefined>;
  retrieve(id: string, signal: AbortSignal): Promise<ServiceBatch>;
  cancel(id: string, signal: AbortSignal): Promise<ServiceBatch>;
  /** Writes a file of the service to `file`, completely or not at all. */
  download(id: string, file: string, signal: AbortSignal): Promise<void>;
}

/** Identify a batch later, without saying anything about its contents. */
export interface Marks {
  readonly run: string;
  /** SHA-256 of the batch file. */
  readonly input: string;
}

interface ServiceOptions {
  readonly apiKey: string;
  readonly baseUrl?: string;
  readonly model: string;
  /** In milliseconds: for a call without a file, and for a pause in the download of one. */
  readonly timeout: number;
}

/** In milliseconds: enough for a file of 200 MB at half a megabit per second. */
const uploadTimeout = 3_600_000;
/** How many batches `find` looks through. */
const mostListed = 1000;

export function batchService({ apiKey, baseUrl, model, timeout }: ServiceOptions): BatchService {
  const { client, destination } = openAiClient(apiKey, baseUrl);
  // Results may be larger than any reply, so they go straight to the disk.
  const { client: streaming } = openAiClient(apiKey, baseUrl, fetch);
  const { host } = destination;

  const call = async <T>(
    work: (signal: AbortSignal) => Promise<T>,
    cancel: AbortSignal,
    limit = timeout,
  ): Promise<T> => {
    const timeLimit = AbortSignal.timeout(limit);
    try {
      return await work(AbortSignal.any([cancel, timeLimit]));
    } catch (error) {
      if (cancel.aborted) throw new CancelledError();
      if (timeLimit.aborted || error instanceof APIUserAbortError) throw timeoutFailure(host, limit);
      throw asBatchFailure(asProviderFailure(error, { ...destination, model }), host);
    }
  };

  return {
    destination,
    upload: (file, cancel) =>
      call(
        async (signal) => {
          // This blob is read from the disk while it is sent.
          const blob = await openAsBlob(file).catch((error: unknown) => {
            throw asFileError(error, file);
          });
          const answer: unknown = await client.files.create(
            { file: new File([blob], path.basename(file)), purpose: 'batch' },
            { signal },
          );
          return readId(answer, host);
        },
        cancel,
        uploadTimeout,
      ),
    create: (upload, { run, input }, cancel) =>
      call(
        async (signal) =>
          readBatch(
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
            return readBatch(batch, host);
          }
          if (++seen >= mostListed) break;
        }
        return undefined;
      }, cancel),
    retrieve: (id, cancel) =>
      call(async (signal) => readBatch(await client.batches.retrieve(id, { signal }), host), cancel),
    cancel: (id, cancel) =>
      call(async (signal) => readBatch(await client.batches.cancel(id, { signal }), host), cancel),
    download: async (id, file, cancel) => {
      const stalled = new AbortController();
      const timer = setTimeout(() => stalled.abort(), timeout);
      const temporary = path.join(path.dirname(file), `.${path.basename(file)}.tmp`);
      try {
        const response = await streaming.files.content(id, {
          signal: AbortSignal.any([cancel, stalled.signal]),
        });
        const handle = await open(temporary, 'w');
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
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        if (cancel.aborted) throw new CancelledError();
        if (stalled.signal.aborted) throw timeoutFailure(host, timeout);
        throw asBatchFailure(
          asProviderFailure(asBrokenConnection(asFileError(error, file), host), { ...destination, model }),
          host,
        );
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function timeoutFailure(host: string, ms: number): ProviderFailure {
  return new ProviderFailure(`${host} did not answer within ${counted(ms / 1000, 'second')}.`, {
    kind: 'broken',
    reason: 'timeout',
    mayBeCharged: true,
    nextStep: 'Try again later.',
  });
}

/** `fetch` throws a plain `TypeError` if the connection ends in the middle of a body. */
function asBrokenConnection(error: unknown, host: string): unknown {
  if (!(error instanceof TypeError)) return error;
  return new ProviderFailure(`The connection to ${host} was interrupted.`, {
    kind: 'broken',
    reason: 'connection',
    mayBeCharged: false,
    nextStep: 'Try again later.',
  });
}

/** Some statuses mean something else at these endpoints than at the one for chat completions. */
function asBatchFailure(error: unknown, host: string): unknown {
  if (!(error instanceof ProviderFailure)) return error;
  const { details } = error;
  const fatal = (message: string, nextStep: string): ProviderFailure =>
    new ProviderFailure(message, { ...details, kind: 'fatal', nextStep });
  switch (details.reason) {
    case 'status 403':
      return fatal(`${host} does not let this API key work with batches.`, 'Choose another key.');
    case 'status 404':
    case 'status 405':
    case 'status 501':
      return fatal(
        `${host} does not have this file or batch, or has no Batch API (${details.reason}).`,
        'Check the base URL, and whether the service has a Batch API.',
      );
    case 'no completion':
      return fatal(`${host} did not answer with a batch.`, 'Check the base URL.');
    default:
      return error;
  }
}

function garbled(host: string): ProviderFailure {
  return new ProviderFailure(`${host} did not answer with a batch or a file.`, {
    kind: 'garbled',
    reason: 'no batch',
    mayBeCharged: true,
    nextStep: 'Check the base URL, and whether the service has a Batch API.',
  });
}

function readId(answer: unknown, host: string): string {
  const id = isJsonObject(answer) ? answer['id'] : undefined;
  if (typeof id !== 'string' || id === '') throw garbled(host);
  return id;
}

/** A service may send anything; the types of the package only say what it should send. */
function readBatch(answer: unknown, host: string): ServiceBatch {
  const id = readId(answer, host);
  const {
    status,
    output_file_id: outputFile,
    error_file_id: errorFile,
    request_counts: counts,
    errors,
  } = answer as Readonly<Record<string, unknown>>;
  if (typeof status !== 'string') throw garbled(host);
  const codes = isJsonObject(errors) && Array.isArray(errors['data']) ? errors['data'] : [];
  return {
    id,
    status,
    completed: countOf(counts, 'completed'),
    failed: countOf(counts, 'failed'),
    ...(typeof outputFile === 'string' ? { outputFile } : {}),
    ...(typeof errorFile === 'string' ? { errorFile } : {}),
    ...(codes.length === 0 ? {} : { errors: [...new Set(codes.map(codeOf))] }),
  };
}

function countOf(counts: unknown, name: string): number {
  const count = isJsonObject(counts) ? counts[name] : undefined;
  return typeof count === 'number' ? count : 0;
}

/** Only the code: the rest of what the service says could contain a prompt. */
function codeOf(error: unknown): string {
  const code = isJsonObject(error) ? error['code'] : undefined;
  return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : 'error';
}
