import * as z from 'zod/mini';
import type { ValueOf } from '../foundation/checkValue.ts';
import { whole } from '../foundation/fields.ts';
import { readJson } from '../foundation/readJson.ts';

const schema = z.object({
  reason: z.string(),
  detail: z.string(),
  /** As the model wrote it, with its tags. */
  text: z.string(),
  /** Whether the pair of a relation sentence is related, if the reply said so. */
  related: z.exactOptional(z.boolean()),
  /** The index of its request. Parts of requests have negative indices. */
  request: whole(Number.MIN_SAFE_INTEGER),
});

/** A text that a run rejected. */
type RejectedText = ValueOf<typeof schema>;

/** A line of rejected.jsonl, with its line end. */
export function rejectedLine({
  reason,
  detail,
  text,
  related,
  request,
}: Omit<RejectedText, 'related'> & { readonly related?: boolean | undefined }): string {
  const ordered = { reason, detail, text, ...(related === undefined ? {} : { related }), request };
  return `${JSON.stringify(ordered)}\n`;
}

/** Reads a line of rejected.jsonl. Throws `UserError`. */
export function parseRejectedLine(line: string, file: string, number: number): RejectedText {
  return readJson(schema, line, {
    name: 'line',
    place: { file, line: number },
    nextStep: 'Restore the file, or start a new run in another folder.',
  });
}
