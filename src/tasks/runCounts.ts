import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { findReview, readReview } from '../runs/review/decisions.ts';

/** What is in a run: its accepted texts, and how many of its texts somebody has decided about. */
export interface RunCounts {
  readonly texts: number;
  readonly reviewed: number;
}

/** By file, as long as it stays as it was: a run may have a hundred thousand texts. */
const known = new Map<string, { readonly version: string; readonly lines: number }>();

/** Counts a run, given its file of accepted texts. Throws `UserError` if its review cannot be read. */
export async function runCounts(accepted: string): Promise<RunCounts> {
  const review = await findReview(accepted);
  const decisions = review === undefined ? [] : [...(await readReview(review)).values()];
  return {
    texts: await countLines(accepted),
    reviewed: decisions.filter(({ decision }) => decision !== 'undo').length,
  };
}

async function countLines(file: string): Promise<number> {
  const { size, mtimeMs } = await stat(file);
  const version = `${size} ${mtimeMs}`;
  const before = known.get(file);
  if (before?.version === version) return before.lines;
  let lines = 0;
  let last = 0x0a;
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    for (const byte of piece) if (byte === 0x0a) lines++;
    last = piece.at(-1) ?? last;
  }
  // The last line of a run that is being written may have no end yet.
  if (last !== 0x0a) lines++;
  known.set(file, { version, lines });
  return lines;
}
