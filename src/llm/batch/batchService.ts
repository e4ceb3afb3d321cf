import { openAsBlob } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { APIUserAbortError } from 'openai';
import { isJsonObject } from '../../foundation/json.ts';
import { asFileError, CancelledError } from '../../foundation/userError.ts';
import type { Destination } from '../provider.ts';
import { openAiClient } from '../openai/openaiClient.ts';
import { asProviderFailure } from '../openai/openaiFailure.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';

/** What the requests of a batch are sent to. */
export const batchEndpoint = '/v1/chat/completions';

/** A batch as the service tells of it. */
export interface ServiceBatch {
  readonly id: string;
  readonly status: string;
  readonly completed: number;
  readonly failed: number;
  readonly outputFile?: string;
  readonly errorFile?: string;
  /** Codes of what was wrong with the whole file. */
  readonly errors?: readonly string[];
}

const finalStatuses = new Set(['completed', 'failed', 'expired', 'cancelled']);

/** The service will do nothing more for it. */
export function isFinal({ status }: ServiceBatch): boolean {
  return finalStatuses.has(status);
}

/** A service's Files and Batches endpoints. Each call is one try and throws `ProviderFailure` or `CancelledError`. */
export interface BatchService {
  readonly destination: Destination;
  /** Gives the service's name of the file. */
  upload(file: string, signal: AbortSignal): Promise<string>;
  create(upload: string, marks: Marks, signal: AbortSignal): Promise<ServiceBatch>;
  /** The newest batch that was made with these marks. */
  find(marks: Marks, signal: AbortSignal): Promise<ServiceBatch | undefined>;
  retrieve(id: string, signal: AbortSignal): Promise<ServiceBatch>;
  cancel(id: string, signal: AbortSignal): Promise<ServiceBatch>;
  /** Writes a file of the service to `file`, whole or not at all. */
  download(id: string, file: string, signal: AbortSignal): Promise<void>;
}

/** By what a batch is known again: they say nothing about what is asked. */
export interface Marks {
  readonly run: string;
  /** SHA-256 of the batch file. */
  readonly input: string;
}

interface ServiceOptions {
  readonly apiKey: string;
  readonly baseUrl?: string;
  readonly model: string;
  /** For one call that carries no file, and for the service's silence while one is on its way; in milliseconds. */
  readonly timeout: number;
}

/** A file of 200 MB takes this long at half a megabit a second. */
const uploadTimeout = 3_600_000;
/** So many batches are looked through for one that was made before. */
const mostListed = 1000;

export function batchService({ apiKey, baseUrl, model, timeout }: ServiceOptions): BatchService {
  const { client, destination } = openAiClient(apiKey, baseUrl);
  // Results are larger than any reply, and go to the disk as they come.
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

/** `fetch` tells of a connection that ends in the middle of a body by a plain `TypeError`. */
function asBroken(error: unknown, host: string): unknown {
  if (!(error instanceof TypeError)) return error;
  return new ProviderFailure(`The connection to ${host} broke off.`, {
    kind: 'broken',
    reason: 'connection',
    mayBeCharged: false,
    nextStep: 'Try again later.',
  });
}

/** What statuses mean where no model is asked. */
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
        `${host} knows no such file or batch, or has no batches at all (${details.reason}).`,
        'Check the base URL, and whether the service has a Batch API.',
      );
    case 'no completion':
      return fatal(`${host} answered with something that is no batch.`, 'Check the base URL.');
    default:
      return error;
  }
}

function garbled(host: string): ProviderFailure {
  return new ProviderFailure(`${host} answered with something that is no batch and no file.`, {
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

/** What a service sends may be anything: the types of the package are only what it should be. */
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

/** Codes alone: what the service says beside them could hold a prompt. */
function codeOf(error: unknown): string {
  const code = isJsonObject(error) ? error['code'] : undefined;
  return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : 'error';
}
