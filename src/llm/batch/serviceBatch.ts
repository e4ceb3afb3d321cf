import * as z from 'zod/mini';
import type { ValueOf } from '../../foundation/checkValue.ts';
import { text, whole } from '../../foundation/fields.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';

/** A batch as the service describes it, and as a run keeps it. */
export const serviceBatch = z.object({
  id: text,
  status: z.string(),
  completed: whole(0),
  failed: whole(0),
  outputFile: z.exactOptional(text),
  errorFile: z.exactOptional(text),
  /** Codes of what was wrong with the whole file. */
  errors: z.exactOptional(z.array(z.string())),
});

export type ServiceBatch = ValueOf<typeof serviceBatch>;

const finalStatuses = new Set(['completed', 'failed', 'expired', 'cancelled']);

/** Whether the service will do nothing more for it. */
export function isFinal({ status }: ServiceBatch): boolean {
  return finalStatuses.has(status);
}

const file = z.object({ id: text });

// What a service sends may be anything. Without an id and a status it is no batch; the rest may be missing.
const lenient = z.catch;
const fileId = lenient(z.optional(text), undefined);
const count = lenient(whole(0), 0);
const answerOfBatch = z.object({
  id: text,
  status: z.string(),
  output_file_id: fileId,
  error_file_id: fileId,
  request_counts: lenient(z.object({ completed: count, failed: count }), { completed: 0, failed: 0 }),
  errors: lenient(
    z.object({ data: z.array(lenient(z.object({ code: z.unknown() }), { code: undefined })) }),
    { data: [] },
  ),
});

/** The id of a file in an answer of `host`. Throws `ProviderFailure` if there is none. */
export function readFileId(answer: unknown, host: string): string {
  const read = file.safeParse(answer);
  if (!read.success) throw notABatch(host);
  return read.data.id;
}

/** The batch in an answer of `host`. Throws `ProviderFailure` if there is none. */
export function readServiceBatch(answer: unknown, host: string): ServiceBatch {
  const read = answerOfBatch.safeParse(answer);
  if (!read.success) throw notABatch(host);
  const { id, status, output_file_id, error_file_id, request_counts, errors } = read.data;
  const codes = new Set(errors.data.map(({ code }) => shownCode(code)));
  return {
    id,
    status,
    ...request_counts,
    ...(output_file_id === undefined ? {} : { outputFile: output_file_id }),
    ...(error_file_id === undefined ? {} : { errorFile: error_file_id }),
    ...(codes.size === 0 ? {} : { errors: [...codes] }),
  };
}

/** Only codes are kept: the words beside them could quote a prompt. */
function shownCode(code: unknown): string {
  return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : 'error';
}

function notABatch(host: string): ProviderFailure {
  return new ProviderFailure(`The answer of ${host} is neither a batch nor a file.`, {
    kind: 'garbled',
    reason: 'no batch',
    mayBeCharged: true,
    nextStep: 'Check the base URL, and whether the service has a Batch API.',
  });
}
