import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject, type JsonObject } from '../../foundation/json.ts';
import { asFileError, UserError } from '../../foundation/userError.ts';
import { decodeUtf8 } from '../../corpus/decode.ts';
import { lineTexts } from '../../corpus/lines.ts';
import { runFiles } from '../runFiles.ts';

/** The files of a synthetic run that a review is about, and its own. */
const reviewedFiles = { accepted: runFiles.accepted, rejected: runFiles.rejected } as const;

/** The `by` of what a person decided. */
export const byPerson = 'human';

/** What somebody decided about one line of a run. Lines of review.jsonl are only added; the last of a line counts. */
export interface ReviewDecision {
  readonly file: keyof typeof reviewedFiles;
  /** Of that file, from 1. */
  readonly line: number;
  /** Of the line without its line end, in hexadecimal. */
  readonly sha256: string;
  /** `undo`: as the run left it. */
  readonly decision: 'accept' | 'reject' | 'undo';
  /** The text as it is now, where that is not what the line says: it was edited, or had been refused. */
  readonly document?: JsonObject;
  /** Who decided, and when (ISO 8601). */
  readonly by: string;
  readonly at: string;
}

/** Where the review of a run's accepted.jsonl would be; nothing for other files. */
export function reviewBeside(file: string): string | undefined {
  return path.basename(file) === reviewedFiles.accepted
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
 * All decisions of a review in their order; none where there is no file. A line at the end that was torn off is left out.
 * Throws `UserError`, for another line that is no decision with its number.
 */
export async function readDecisions(file: string): Promise<readonly ReviewDecision[]> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw asFileError(error, file);
  });
  const source = decodeUtf8(bytes.subarray(0, reviewEnd(bytes)), file);
  return [...lineTexts(source)].flatMap((line, index) => {
    if (line.trim() === '') return [];
    const decision = parseDecision(line);
    if (decision !== undefined) return [decision];
    throw new UserError('This line is no decision of a review.', {
      place: { file, line: index + 1 },
      nextStep: 'Restore the file, or delete the line.',
    });
  });
}

/** Where a review ends, in bytes, without what a kill has left of a last line. One that lacks its line end only counts. */
export function reviewEnd(bytes: Buffer): number {
  const end = bytes.lastIndexOf(0x0a) + 1;
  return parseDecision(bytes.toString('utf8', end)) === undefined ? end : bytes.length;
}

const files = new Set<unknown>(Object.keys(reviewedFiles));
const kinds = new Set<unknown>(['accept', 'reject', 'undo']);

function parseDecision(line: string): ReviewDecision | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isDecision =
      isJsonObject(value) &&
      files.has(value['file']) &&
      Number.isInteger(value['line']) &&
      kinds.has(value['decision']) &&
      (value['document'] === undefined || isJsonObject(value['document']));
    return isDecision ? (value as unknown as ReviewDecision) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The source of an accepted.jsonl as the review beside it leaves it: rejected lines are empty, edited ones are
 * replaced, and accepted ones of rejected.jsonl follow at the end. Other sources, and those without a review,
 * stay as they are. Throws `UserError` when a line is not the one that was reviewed.
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
      throw new UserError('This line is another one than was reviewed: the file was changed since.', {
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
