import path from 'node:path';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { UserError } from '../../foundation/userError.ts';
import { fileLines } from '../../runs/jsonLines.ts';
import type { VerifyQuestion } from './verifyQuestion.ts';

/** A question about a text of a run. */
export interface PlacedQuestion extends VerifyQuestion {
  /** Of the text, as the review names it, and of its line. */
  readonly key: string;
  readonly sha256: string;
}

/** The questions of each request, a line each, beside the ledger that says which were sent. */
const questionsFile = 'questions.jsonl';

/** The questions of the first `requests` requests. Throws `UserError` when they are not there. */
export async function readAsked(
  folder: string,
  requests: number,
): Promise<readonly (readonly PlacedQuestion[])[]> {
  const file = path.join(folder, questionsFile);
  const batches: (readonly PlacedQuestion[])[] = [];
  if (requests > 0) {
    for await (const { text } of fileLines(file)) {
      if (batches.length === requests) break;
      batches.push(parseBatch(text, file, batches.length + 1));
    }
  }
  if (batches.length === requests) return batches;
  throw new UserError('This file lacks questions that the ledger beside it has.', {
    place: { file },
    nextStep: 'Restore it, or delete the folder to ask anew.',
  });
}

export async function writeQuestions(
  folder: string,
  batches: readonly (readonly PlacedQuestion[])[],
): Promise<void> {
  const lines = batches.map((batch) => `${JSON.stringify(batch)}\n`);
  await writeFileAtomic(path.join(folder, questionsFile), lines.join(''));
}

function parseBatch(line: string, file: string, number: number): readonly PlacedQuestion[] {
  try {
    const value: unknown = JSON.parse(line);
    if (Array.isArray(value)) return value as PlacedQuestion[];
  } catch {
    // Said below.
  }
  throw new UserError('This line holds no questions.', {
    place: { file, line: number },
    nextStep: 'Restore the file, or delete the folder to ask anew.',
  });
}
