import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { decodeUtf8 } from '../../corpus/decode.ts';
import { lineTexts } from '../../corpus/lines.ts';
import { oneOf, whole } from '../../foundation/fields.ts';
import { isJsonObject, type JsonObject, tryParseJson } from '../../foundation/json.ts';
import { readJson } from '../../foundation/readJson.ts';
import { asFileError, UserError } from '../../foundation/userError.ts';
import { runFiles } from '../runFiles.ts';

/** The `by` of a decision that a person made. */
export const byPerson = 'human';

const schema = z.object({
  /** Which file of the run the line is in. */
  file: oneOf(['accepted', 'rejected']),
  /** Of that file, from 1. */
  line: whole(1),
  /** Of the line without its line end, in hexadecimal. */
  sha256: z.string(),
  /** `undo`: as the run left it. */
  decision: oneOf(['accept', 'reject', 'undo']),
  /** The text as it is now, if it was edited or had been rejected. */
  document: z.exactOptional(z.custom<JsonObject>(isJsonObject, { error: 'an object in curly brackets' })),
  /** Who decided, and when (ISO 8601). */
  by: z.string(),
  at: z.string(),
});

/** A decision about one line of a run. Lines of review.jsonl are only added; the last one about a line counts. */
export type ReviewDecision = z.infer<typeof schema>;

/** Where the review of a run's accepted.jsonl would be. Undefined for other files. */
function reviewBeside(file: string): string | undefined {
  return path.basename(file) === runFiles.accepted
    ? path.join(path.dirname(file), runFiles.review)
    : undefined;
}

/** The review of a run's accepted.jsonl, if there is one. */
export async function findReview(file: string): Promise<string | undefined> {
  const review = reviewBeside(file);
  if (review === undefined) return undefined;
  return access(review).then(
    () => review,
    () => undefined,
  );
}

export function lineHash(line: string): string {
  return createHash('sha256').update(line).digest('hex');
}

/** The name of a line among decisions. */
export function lineKey({ file, line }: Pick<ReviewDecision, 'file' | 'line'>): string {
  return `${file}:${line}`;
}

/** The decisions that count, by `lineKey`. Throws as `readDecisions` does. */
export async function readReview(file: string): Promise<ReadonlyMap<string, ReviewDecision>> {
  const decisions = new Map<string, ReviewDecision>();
  for (const decision of await readDecisions(file)) {
    if (decision.decision === 'undo') decisions.delete(lineKey(decision));
    else decisions.set(lineKey(decision), decision);
  }
  return decisions;
}

/**
 * All decisions of a review in their order; empty if there is no file. An incomplete last line is left out. Throws
 * `UserError` if another line is not a decision.
 */
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

/** Where a review ends, in bytes, without an incomplete last line. A last line that lacks only its line end counts. */
export function reviewEnd(bytes: Buffer): number {
  const end = bytes.lastIndexOf(0x0a) + 1;
  return tryParseJson(bytes.toString('utf8', end)) === undefined ? end : bytes.length;
}

/**
 * The source of an accepted.jsonl as the review beside it leaves it: rejected lines are empty, edited ones are replaced, and
 * accepted ones of rejected.jsonl follow at the end. Other sources, and those without a review, stay as they are. Throws
 * `UserError` if a line is not the one that was reviewed.
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
      throw new UserError('This line is not the one that was reviewed: the file was changed since.', {
        place: { file, line: decision.line },
        nextStep: `Restore it, or delete ${runFiles.review} beside it to leave the review out.`,
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
