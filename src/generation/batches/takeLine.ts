import type { ResultLine } from '../../llm/batch/resultLine.ts';
import { batchPrice } from '../../llm/cost/prices.ts';
import type { CompletionReply, ReplyForm } from '../../llm/provider.ts';
import type { Batch } from '../../runs/batches/batchList.ts';
import type { RequestEntry } from '../../runs/ledgerEntry.ts';
import { type AnsweredRequest, concludeReply, type OpenRun } from '../run/openRun.ts';
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

/** A run that results are taken into. */
export interface Taking {
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

export function beginTaking(context: OpenRun, batches: readonly Batch[]): Taking {
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

/** Takes one line of a result file. */
export function takeLine(taking: Taking, { customId, result }: ResultLine): void {
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
export function failMissing(taking: Taking, { number, service }: Batch): void {
  const mayBeCharged = service === undefined || service.status === 'completed';
  for (const request of taking.context.folder.state.out) {
    if (request.batch !== number || !taking.out.has(request.index)) continue;
    fail(taking, request, { reason: 'missing', mayBeCharged });
    taking.counts.missing++;
  }
}

/** Judges the replies that were taken, in their order, once they are in the ledger. Resolves when the outcomes are, too. */
export async function conclude({ context, replies, failures }: Taking): Promise<void> {
  const group = replies.splice(0);
  await Promise.all([...group.map(({ recorded }) => recorded), ...failures.splice(0)]);
  await Promise.all(group.map(({ answered }) => concludeReply(context, answered)));
}
