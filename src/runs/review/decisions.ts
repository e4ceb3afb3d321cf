import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { decodeUtf8 } from '../../corpus/decode.ts';
import { lineTexts } from '../../corpus/lines.ts';
import { oneOf, whole } from '../../foundation/fields.ts';
import { isJsonObject, type JsonObject, tryParseJson } from '../../foundation/json.ts';
import { fileExists } from '../../foundation/readFiles.ts';
import { readJson } from '../../foundation/readJson.ts';
import { asFileError, UserError } from '../../foundation/userError.ts';
import { runFiles } from '../runFiles.ts';

/** The `by` of a decision that a person made. */
export const byPerson = 'human';

const schema = z.object({
  file: oneOf(['accepted', 'rejected']),
  /** The line in `file`, from 1. */
  line: whole(1),
  /** The hash of the line without its line end, in hexadecimal. */
  sha256: z.string(),
  /** `undo`: back to the result of the run. */
  decision: oneOf(['accept', 'reject', 'undo']),
  /** The text as it is now, if it was edited or had been rejected. */
  document: z.exactOptional(z.custom<JsonObject>(isJsonObject, { error: 'an object in curly brackets' })),
  /** Who decided, and when (ISO 8601). */
  by: z.string(),
  at: z.string(),
});

/** A decision about a line of accepted.jsonl or rejected.jsonl. The last decision about a line counts. */
export type ReviewDecision = z.infer<typeof schema>;

/** The review next to a run's accepted.jsonl; undefined if there is none, or for other files. */
export async function findReview(file: string): Promise<string | undefined> {
  if (path.basename(file) !== runFiles.accepted) return undefined;
  const review = path.join(path.dirname(file), runFiles.review);
  return (await fileExists(review)) ? review : undefined;
}

export function lineHash(line: string): string {
  return createHash('sha256').update(line).digest('hex');
}

export function lineKey({ file, line }: Pick<ReviewDecision, 'file' | 'line'>): string {
  return `${file}:${line}`;
}

/** The last decision about each line, by `lineKey`. Throws as `readDecisions` does. */
export async function readReview(file: string): Promise<ReadonlyMap<string, ReviewDecision>> {
  const decisions = new Map<string, ReviewDecision>();
  for (const decision of await readDecisions(file)) {
    if (decision.decision === 'undo') decisions.delete(lineKey(decision));
    else decisions.set(lineKey(decision), decision);
  }
  return decisions;
}

/** All decisions in order; empty if there is no file. An incomplete last line is ignored. Throws `UserError`. */
export async function readDecisions(file: string): Promise<readonly ReviewDecision[]> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw asFileError(error, file);
  });
  const source = decodeUtf8(bytes.subarray(0, reviewEnd(bytes)), file);
  return [...lineTexts(source)].flatMap((line, index) =>
    line.trim() === ''
      ? []
      : [
          readJson(schema, line, {
            name: 'line',
            place: { file, line: index + 1 },
            nextStep: 'Restore the file, or delete the line.',
          }),
        ],
  );
}

/** The length of a review in bytes, without an incomplete last line. A complete last line without line end counts. */
export function reviewEnd(bytes: Buffer): number {
  const end = bytes.lastIndexOf(0x0a) + 1;
  return tryParseJson(bytes.toString('utf8', end)) === undefined ? end : bytes.length;
}

/**
 * Applies the review next to an accepted.jsonl to its source: rejected lines become empty, edited ones are replaced, and
 * accepted ones of rejected.jsonl are appended. Other sources, and those without a review, are not changed. Throws
 * `UserError` if a line has changed since it was reviewed.
 */
export async function reviewedSource(source: string, file: string): Promise<string> {
  const review = await findReview(file);
  if (review === undefined) return source;
  const decisions = await readReview(review);
  const lines = [...lineTexts(source)];
  const rescued: ReviewDecision[] = [];
  for (const decision of decisions.values()) {
    if (decision.file === 'rejected') {
      if (decision.decision === 'accept' && decision.document !== undefined) rescued.push(decision);
      continue;
    }
    const index = decision.line - 1;
    if (lineHash(lines[index] ?? '') !== decision.sha256) {
      throw new UserError('This line has changed since it was reviewed.', {
        place: { file, line: decision.line },
        nextStep: `Restore the file, or delete the ${runFiles.review} next to it to ignore the review.`,
      });
    }
    if (decision.decision === 'reject') lines[index] = '';
    else if (decision.document !== undefined) lines[index] = JSON.stringify(decision.document);
  }
  rescued.sort((a, b) => a.line - b.line);
  return [...lines, ...rescued.map(({ document }) => JSON.stringify(document))]
    .map((line) => `${line}\n`)
    .join('');
}
