import { access } from 'node:fs/promises';
import path from 'node:path';
import { asFileError, throwIfCancelled, UserError } from '../../foundation/userError.ts';
import { readResultLine } from '../../llm/batch/resultLine.ts';
import { isFinal } from '../../llm/batch/serviceBatch.ts';
import { type Batch, batchPath, changeBatches, readBatches } from '../../runs/batches/batchList.ts';
import { fileLines } from '../../runs/jsonLines.ts';
import { concludeReply, type OpenRun, pendingReplies } from '../run/openRun.ts';
import { beginTaking, conclude, failMissing, type TakenIn, takeLine, type Taking } from './takeLine.ts';

interface TakeInHooks {
  readonly signal?: AbortSignal;
  /** Called with the number of lines read. */
  readonly onProgress?: (lines: number) => void;
}

/** The most results that are written down together. */
const resultsAtOnce = 256;

/**
 * Takes results of batches into a run. Each reply is in the ledger before it is judged, and counts once, however often and
 * in whatever order it comes. If no files are given, takes what was fetched and is not taken in yet. Taking in the same
 * files again continues where it stopped. Throws `UserError`, also if the given files hold nothing of this run, or
 * `CancelledError`.
 */
export async function takeIn(
  context: OpenRun,
  given: readonly string[],
  hooks: TakeInHooks = {},
): Promise<TakenIn> {
  const { out } = context;
  const batches = await readBatches(out);
  const taking = beginTaking(context, batches);
  await Promise.all(pendingReplies(context).map((answered) => concludeReply(context, answered)));
  const files = (given.length > 0 ? given : fetchedFiles(batches, out)).map((file) => path.resolve(file));
  const lines = await takeFiles(taking, files, hooks);
  const complete = batches.filter(
    ({ isClosed, fetched }) =>
      isClosed !== true && fetched?.every((file) => files.includes(batchPath(out, file))) === true,
  );
  for (const batch of complete) failMissing(taking, batch);
  await conclude(taking);
  hooks.onProgress?.(lines);
  await changeBatches(
    out,
    complete.map(({ number }) => ({ number, isClosed: true })),
  );
  const { replies, failed, duplicates } = taking.counts;
  const [first] = given;
  if (first !== undefined && replies + failed + duplicates === 0) {
    throw nothingOfThisRun(first, given.length, lines);
  }
  return taking.counts;
}

/** Gives the number of lines. */
async function takeFiles(
  taking: Taking,
  files: readonly string[],
  { signal, onProgress }: TakeInHooks,
): Promise<number> {
  const { host } = taking.context.provider.destination;
  let lines = 0;
  for (const file of files) {
    await mustExist(file);
    for await (const { text } of fileLines(file)) {
      if (text.trim() === '') continue;
      throwIfCancelled(signal);
      const line = readResultLine(text, host);
      if (line === undefined) taking.counts.unreadable++;
      else takeLine(taking, line);
      lines++;
      if (taking.replies.length + taking.failures.length < resultsAtOnce) continue;
      await conclude(taking);
      onProgress?.(lines);
    }
  }
  return lines;
}

/** Result files that were fetched and are not taken in. Throws `UserError` if there are none. */
function fetchedFiles(batches: readonly Batch[], out: string): readonly string[] {
  const files = batches.flatMap(({ isClosed, fetched = [] }) => (isClosed === true ? [] : fetched));
  const isFetched = batches.some(({ isClosed, fetched }) => isClosed !== true && fetched !== undefined);
  if (isFetched) return files.map((file) => batchPath(out, file));
  const isAtWork = batches.some(({ service }) => service !== undefined && !isFinal(service));
  throw new UserError('There are no results of batches to take in.', {
    place: { file: out },
    nextStep: isAtWork
      ? 'Fetch them with "chartmark batch fetch", or name their files after --batch-in.'
      : 'Name their files after --batch-in.',
  });
}

function nothingOfThisRun(file: string, files: number, lines: number): UserError {
  const where = files === 1 ? 'The file has' : `The ${files} files have`;
  const read = lines === 1 ? '1 line was read' : `${lines} lines were read`;
  return new UserError(`${where} no result of a request of this run (${read}).`, {
    place: { file },
    nextStep: 'Name the output and error files of this run\'s batches; "chartmark batch fetch" fetches them.',
  });
}

async function mustExist(file: string): Promise<void> {
  await access(file).catch((error: unknown) => {
    throw asFileError(error, file);
  });
}
