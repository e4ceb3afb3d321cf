import path from 'node:path';
import * as z from 'zod/mini';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { readJson } from '../../foundation/readJson.ts';
import { UserError } from '../../foundation/userError.ts';
import { fileLines } from '../../runs/jsonLines.ts';
import { runFiles } from '../../runs/runFiles.ts';
import type { VerifyQuestion } from './verifyRequest.ts';

/** A question about a text of a run. */
export interface PlacedQuestion extends VerifyQuestion {
  /** Of the text, as the review names it: `accepted:12` for line 12 of accepted.jsonl. */
  readonly key: string;
  /** Of the line, in hexadecimal. */
  readonly sha256: string;
}

const mention = z.object({ start: z.int(), end: z.int(), label: z.string() });
const batchSchema = z.array(
  z.object({
    key: z.string(),
    sha256: z.string(),
    text: z.string(),
    mentions: z.array(mention),
    doubts: z.array(z.string()),
  }),
);

/** Reads the questions of the first `requests` requests, one line each. Throws `UserError` if there are fewer lines. */
export async function readQuestions(
  folder: string,
  requests: number,
): Promise<readonly (readonly PlacedQuestion[])[]> {
  const file = path.join(folder, runFiles.questions);
  const nextStep = 'Restore the file, or delete the folder to start again.';
  const batches: (readonly PlacedQuestion[])[] = [];
  if (requests > 0) {
    for await (const { text, number } of fileLines(file)) {
      if (batches.length === requests) break;
      const place = { file, line: number };
      batches.push(readJson(batchSchema, text, { name: 'questions', place, nextStep }));
    }
  }
  if (batches.length === requests) return batches;
  throw new UserError('This file lacks questions that are in the ledger next to it.', {
    place: { file },
    nextStep,
  });
}

export async function writeQuestions(
  folder: string,
  batches: readonly (readonly PlacedQuestion[])[],
): Promise<void> {
  const lines = batches.map((batch) => `${JSON.stringify(batch)}\n`);
  await writeFileAtomic(path.join(folder, runFiles.questions), lines.join(''));
}
