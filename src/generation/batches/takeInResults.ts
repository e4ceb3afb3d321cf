import { access } from 'node:fs/promises';
import path from 'node:path';
import { asFileError, throwIfCancelled, UserError } from '../../foundation/userError.ts';
import { type ResultLine, readResultLine } from '../../llm/batch/resultLine.ts';
import { isFinal } from '../../llm/batch/serviceBatch.ts';
import { batchPrice } from '../../llm/cost/prices.ts';
import type { CompletionReply, ReplyForm } from '../../llm/provider.ts';
import { type Batch, batchPath, changeBatches, readBatches } from '../../runs/batches/batchList.ts';
import { fileLines } from '../../runs/jsonLines.ts';
import type { RequestEntry } from '../../runs/ledgerEntry.ts';
import { type AnsweredRequest, concludeReply, type OpenRun, pendingReplies } from '../run/openRun.ts';
import { specOfRecord } from '../run/specRecord.ts';
import { parseCustomId } from './customId.ts';

/** What came of taking results in. */
export interface TakenIn {
  readonly replies: number;
  readonly failed: number;
  readonly failedByReason: Readonly<Record<string, number>>;
  /** Of requests that already have their reply, or whose failure is known. */
  readonly duplicates: number;
  /** Of another run, or of requests that this run never made. */
  readonly unknown: number;
  /** Lines that are not results. */
  readonly unreadable: number;
  /** Requests of complete batches for which there is no line. */
  readonly missing: number;
}

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

/** A run that results are taken into. */
interface Taking {
  readonly context: OpenRun;
  /** How the requests of each batch ask for replies. */
  readonly forms: ReadonlyMap<number, ReplyForm>;
  /** Requests without a reply. */
  readonly unreplied: Map<number, RequestEntry>;
  /** Of them: indices of those for which a batch may still bring one. */
  readonly out: Set<number>;
  readonly counts: { -readonly [Field in keyof TakenIn]: TakenIn[Field] } & {
    readonly failedByReason: Record<string, number>;
  };
  /** What is on its way to the ledger: replies that are to be judged then, and failures. */
  readonly replies: { readonly answered: AnsweredRequest; readonly recorded: Promise<void> }[];
  readonly failures: Promise<void>[];
}

function beginTaking(context: OpenRun, batches: readonly Batch[]): Taking {
  const { open, out } = context.folder.state;
  return {
    context,
    forms: new Map(batches.map(({ number, form }) => [number, form])),
    unreplied: new Map([...open, ...out].map((entry) => [entry.index, entry])),
    out: new Set(out.map(({ index }) => index)),
    counts: {
      replies: 0,
      failed: 0,
      duplicates: 0,
      unknown: 0,
      unreadable: 0,
      missing: 0,
      failedByReason: {},
    },
    replies: [],
    failures: [],
  };
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

function takeLine(taking: Taking, { customId, result }: ResultLine): void {
  const { context, unreplied, out, counts } = taking;
  const id = parseCustomId(customId);
  if (id === undefined || id.run !== context.run || id.index >= context.folder.state.nextIndex) {
    counts.unknown++;
    return;
  }
  const request = unreplied.get(id.index);
  if (request === undefined) {
    counts.duplicates++;
  } else if (!request.prompt.startsWith(id.prompt)) {
    counts.unknown++;
  } else if (result.kind === 'reply') {
    takeReply(taking, request, { batch: id.batch, reply: result.reply });
  } else if (!out.has(id.index) || request.batch !== id.batch) {
    // A failure of an earlier batch says nothing about the batch that the request is in now.
    counts.duplicates++;
  } else {
    fail(taking, request, result);
    counts.failed++;
    counts.failedByReason[result.reason] = (counts.failedByReason[result.reason] ?? 0) + 1;
  }
}

function takeReply(
  { context, forms, unreplied, out, counts, replies }: Taking,
  request: RequestEntry,
  given: { readonly batch: number; readonly reply: CompletionReply },
): void {
  const { account, folder, plan } = context;
  const { index, upTo = 0, prompt } = request;
  const price = batchPrice(context.price);
  const form = forms.get(given.batch);
  const hasForm = given.reply.refused === undefined && form !== undefined;
  const reply = hasForm ? { ...given.reply, form } : given.reply;
  unreplied.delete(index);
  if (!out.delete(index)) account.reserve(upTo);
  const cost = account.answered(upTo, reply, price);
  const recorded = awaitedLater(folder.replied(index, reply, price === undefined ? undefined : cost));
  replies.push({
    answered: { index, spec: specOfRecord(request, plan), promptHash: prompt, reply },
    recorded,
  });
  counts.replies++;
}

/** Records that a request brings no reply any more. */
function fail(
  { context, out, failures }: Taking,
  { index, upTo = 0 }: RequestEntry,
  { reason, mayBeCharged }: { readonly reason: string; readonly mayBeCharged: boolean },
): void {
  out.delete(index);
  if (mayBeCharged) context.account.unanswered(upTo);
  else context.account.release(upTo);
  failures.push(awaitedLater(context.folder.failed(index, { reason, mayBeCharged, last: true })));
}

/** Until it is awaited, a failure must not count as unhandled. */
function awaitedLater(work: Promise<void>): Promise<void> {
  work.catch(() => undefined);
  return work;
}

/** No more results of this batch will come. */
function failMissing(taking: Taking, { number, service }: Batch): void {
  const mayBeCharged = service === undefined || service.status === 'completed';
  for (const request of taking.context.folder.state.out) {
    if (request.batch !== number || !taking.out.has(request.index)) continue;
    fail(taking, request, { reason: 'missing', mayBeCharged });
    taking.counts.missing++;
  }
}

/** Judges the replies that were taken, in their order, once they are in the ledger. Resolves when the outcomes are, too. */
async function conclude({ context, replies, failures }: Taking): Promise<void> {
  const group = replies.splice(0);
  await Promise.all([...group.map(({ recorded }) => recorded), ...failures.splice(0)]);
  await Promise.all(group.map(({ answered }) => concludeReply(context, answered)));
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
