import { isFinal } from '../../llm/batch/batchService.ts';
import { batchPrice } from '../../llm/cost/prices.ts';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { asFileError, throwIfCancelled, UserError } from '../../foundation/userError.ts';
import { specOfRecord } from '../run/specRecord.ts';
import { fileLines } from '../../runs/jsonLines.ts';
import type { RequestEntry } from '../../runs/ledger.ts';
import { concludeReply, pendingReplies, type AnsweredRequest, type OpenRun } from '../run/openRun.ts';
import { batchPath, changeBatches, readBatches, type Batch } from '../../runs/batches/batchList.ts';
import { parseCustomId } from './customId.ts';
import { readResultLine, type ResultLine } from '../../llm/batch/resultLine.ts';

/** What results that were taken in have brought. */
export interface TakenIn {
  readonly replies: number;
  readonly failed: number;
  readonly failedByReason: Readonly<Record<string, number>>;
  /** Of requests that have their reply, or whose failure is known. */
  readonly duplicates: number;
  /** Of another run, or of requests that this one never made. */
  readonly unknown: number;
  /** Lines that are no result. */
  readonly unreadable: number;
  /** Requests of whole batches that no line tells of. */
  readonly missing: number;
}

interface TakeInHooks {
  readonly signal?: AbortSignal;
  /** So many lines are read. */
  readonly onProgress?: (lines: number) => void;
}

/** So many replies are written down together. */
const repliesAtOnce = 256;

/**
 * Takes results of batches into a run: each reply is in the ledger before it is judged, and counts once,
 * however often and in whatever order it comes. Without files, takes what was fetched and not taken in yet.
 * Throws `UserError`, also when files that were named hold nothing of this run, or `CancelledError`; taking the same files in again goes on where it stopped.
 */
export async function takeIn(
  context: OpenRun,
  given: readonly string[],
  { signal, onProgress }: TakeInHooks = {},
): Promise<TakenIn> {
  const { run, out, plan, provider, folder, account } = context;
  const price = batchPrice(context.price);
  const unreplied = new Map([...folder.state.open, ...folder.state.out].map((entry) => [entry.index, entry]));
  const isOut = new Set(folder.state.out.map(({ index }) => index));
  const batches = await readBatches(out);
  const forms = new Map(batches.map(({ number, form }) => [number, form]));
  const counts = { replies: 0, failed: 0, duplicates: 0, unknown: 0, unreadable: 0, missing: 0 };
  const failedByReason: Record<string, number> = {};
  let waiting: { readonly answered: AnsweredRequest; readonly written: Promise<void> }[] = [];
  let last: Promise<void> = Promise.resolve();
  const failures: Promise<void>[] = [];

  const conclude = async (): Promise<void> => {
    const group = waiting;
    waiting = [];
    await Promise.all([...group.map(({ written }) => written), ...failures.splice(0)]);
    for (const { answered } of group) last = concludeReply(context, answered);
    await last;
  };

  const close = (request: RequestEntry, reason: string, mayBeCharged: boolean): void => {
    isOut.delete(request.index);
    if (mayBeCharged) account.unanswered(request.upTo ?? 0);
    else account.release(request.upTo ?? 0);
    failures.push(folder.failed(request.index, { reason, mayBeCharged, last: true }));
  };

  const take = ({ customId, result }: ResultLine): void => {
    const id = parseCustomId(customId);
    const request = id?.run === run ? unreplied.get(id.index) : undefined;
    if (id === undefined || id.run !== run || id.index >= folder.state.nextIndex) {
      counts.unknown++;
    } else if (request === undefined) {
      counts.duplicates++;
    } else if (!request.prompt.startsWith(id.prompt)) {
      counts.unknown++;
    } else if (result.kind === 'failure') {
      // A failure of an earlier batch says nothing of the one that the request is in now.
      if (!isOut.has(id.index) || request.batch !== id.batch) {
        counts.duplicates++;
        return;
      }
      close(request, result.reason, result.mayBeCharged);
      counts.failed++;
      failedByReason[result.reason] = (failedByReason[result.reason] ?? 0) + 1;
    } else {
      const { index, upTo = 0, prompt } = request;
      const form = forms.get(id.batch);
      const isWritten = result.reply.refused === undefined && form !== undefined;
      const reply = isWritten ? { ...result.reply, form } : result.reply;
      unreplied.delete(index);
      if (!isOut.delete(index)) account.reserve(upTo);
      const cost = account.answered(upTo, reply, price);
      const written = folder.replied(index, reply, price === undefined ? undefined : cost);
      // Whoever awaits it comes later; until then a failure must not count as unhandled.
      written.catch(() => undefined);
      const spec = specOfRecord(request, plan);
      waiting.push({ answered: { index, spec, promptHash: prompt, reply }, written });
      counts.replies++;
    }
  };

  for (const answered of pendingReplies(context)) last = concludeReply(context, answered);
  await last;
  const files = (given.length > 0 ? given : notTakenIn(batches, out)).map((file) => path.resolve(file));
  let lines = 0;
  for (const file of files) {
    await mustExist(file);
    for await (const { text } of fileLines(file)) {
      if (text.trim() === '') continue;
      throwIfCancelled(signal);
      const line = readResultLine(text, provider.destination.host);
      if (line === undefined) counts.unreadable++;
      else take(line);
      lines++;
      if (waiting.length + failures.length >= repliesAtOnce) {
        await conclude();
        onProgress?.(lines);
      }
    }
  }
  const whole = batches.filter(
    (batch) =>
      batch.isClosed !== true &&
      batch.fetched?.every((file) => files.includes(batchPath(out, file))) === true,
  );
  for (const { number, service } of whole) {
    for (const request of folder.state.out) {
      if (request.batch !== number || !isOut.has(request.index)) continue;
      close(request, 'missing', service === undefined || service.status === 'completed');
      counts.missing++;
    }
  }
  await conclude();
  onProgress?.(lines);
  await changeBatches(
    out,
    whole.map(({ number }) => ({ number, isClosed: true })),
  );
  const [first] = given;
  if (first !== undefined && counts.replies + counts.failed + counts.duplicates === 0) {
    throw nothingOfThisRun(first, given.length, lines);
  }
  return { ...counts, failedByReason };
}

/** Throws `UserError` when there is nothing to be taken in. */
function notTakenIn(batches: readonly Batch[], out: string): readonly string[] {
  const fetched = batches.filter((batch) => batch.isClosed !== true && batch.fetched !== undefined);
  if (fetched.length > 0) {
    return fetched.flatMap((batch) => (batch.fetched ?? []).map((file) => batchPath(out, file)));
  }
  const isAtWork = batches.some(({ service }) => service !== undefined && !isFinal(service));
  throw new UserError('No results of batches are there to be taken in.', {
    place: { file: out },
    nextStep: isAtWork
      ? 'Fetch them with "chartmark batch fetch", or name their files behind --batch-in.'
      : 'Name their files behind --batch-in.',
  });
}

function nothingOfThisRun(file: string, files: number, lines: number): UserError {
  const where = files === 1 ? 'The file holds' : `The ${files} files hold`;
  return new UserError(`${where} no result of a request of this run (${lines} lines).`, {
    place: { file },
    nextStep:
      'Name the output and error files of the run\'s own batches; "chartmark batch fetch" brings them.',
  });
}

async function mustExist(file: string): Promise<void> {
  await access(file).catch((error: unknown) => {
    throw asFileError(error, file);
  });
}
