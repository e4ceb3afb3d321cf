import { hash } from 'node:crypto';
import { UserError } from '../foundation/userError.ts';
import type { Usage } from '../llm/cost/account.ts';
import { costOf, type TokenPrice } from '../llm/cost/prices.ts';
import type { ReplyForm } from '../llm/provider.ts';
import { readLedger } from './ledger.ts';
import type { LedgerEntry, OutcomeEntry, ReplyEntry, RequestEntry } from './ledgerEntry.ts';

/** A reply that has no outcome yet. */
export interface PendingReply {
  readonly request: RequestEntry;
  readonly reply: ReplyEntry;
}

/** The state of a run when it was last stopped. */
export interface LedgerState {
  /** The first unused index. */
  readonly nextIndex: number;
  /** Requests without a reply, which are sent again. */
  readonly open: readonly RequestEntry[];
  /** Requests in batches that may still be answered, which are not sent again. */
  readonly out: readonly RequestEntry[];
  /** The highest number of a batch file; 0 if there is none. */
  readonly lastBatch: number;
  /** The lowest index of a part of a request; 0 if there is none. */
  readonly lastPart: number;
  /** Parts of requests that are still to be sent: the numbers of the given texts of each part. */
  readonly owed: readonly (readonly number[])[];
  /** In the order of arrival, which is the order in which they are judged. */
  readonly pending: readonly PendingReply[];
  /** Texts with an outcome. */
  readonly accepted: number;
  readonly rejected: number;
  readonly acceptedBytes: number;
  readonly rejectedBytes: number;
  readonly usage: Usage;
  /** The strictest form of reply that the service has delivered so far. */
  readonly form: ReplyForm | undefined;
}

interface ReadOptions {
  /** For replies that were recorded without their cost. */
  readonly price?: TokenPrice | undefined;
  /** Does not repair the file if its last line is incomplete. */
  readonly isLookedAt?: boolean;
}

/** Reads the state of a run from its ledger. Throws `UserError`. */
export async function readLedgerState(
  file: string,
  { price, isLookedAt }: ReadOptions = {},
): Promise<LedgerState> {
  const sums = newSums();
  for await (const entry of readLedger(file, isLookedAt)) {
    if (entry.event === 'reply') checkHash(entry, file);
    addEntry(sums, entry, price);
  }
  return stateOf(sums);
}

interface OpenRequest {
  readonly request: RequestEntry;
  /** Whether an attempt may be in flight, or may have been in flight when the run was killed. */
  mayBeSent: boolean;
}

/** What the entries so far add up to. */
interface Sums {
  readonly open: Map<number, OpenRequest>;
  readonly pending: Map<number, PendingReply>;
  /** By the first number of each part. */
  readonly owed: Map<number, readonly number[]>;
  readonly usage: { -readonly [Field in keyof Usage]: Usage[Field] };
  nextIndex: number;
  lastBatch: number;
  lastPart: number;
  accepted: number;
  rejected: number;
  last: OutcomeEntry | undefined;
  form: ReplyForm | undefined;
}

function newSums(): Sums {
  return {
    open: new Map(),
    pending: new Map(),
    owed: new Map(),
    usage: { replies: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, unansweredUsd: 0 },
    nextIndex: 0,
    lastBatch: 0,
    lastPart: 0,
    accepted: 0,
    rejected: 0,
    last: undefined,
    form: undefined,
  };
}

function addEntry(sums: Sums, entry: LedgerEntry, price: TokenPrice | undefined): void {
  sums.nextIndex = Math.max(sums.nextIndex, entry.index + 1);
  const sent = sums.open.get(entry.index);
  switch (entry.event) {
    case 'request':
      if (sent?.mayBeSent === true) sums.usage.unansweredUsd += sent.request.upTo ?? 0;
      sums.open.set(entry.index, { request: entry, mayBeSent: true });
      sums.lastBatch = Math.max(sums.lastBatch, entry.batch ?? 0);
      sums.lastPart = Math.min(sums.lastPart, entry.index);
      for (const number of entry.questions ?? []) sums.owed.delete(number);
      return;
    case 'failed':
      if (sent === undefined) return;
      if (entry.mayBeCharged) sums.usage.unansweredUsd += sent.request.upTo ?? 0;
      if (entry.last === true) sent.mayBeSent = false;
      return;
    case 'reply':
      if (sent !== undefined) addReply(sums, { request: sent.request, reply: entry }, price);
      return;
    case 'outcome':
      sums.pending.delete(entry.index);
      sums.accepted += entry.accepted;
      sums.rejected += entry.rejected;
      for (const part of entry.again ?? []) sums.owed.set(Math.min(...part), part);
      sums.last = entry;
  }
}

/** Strictest last. */
const forms: readonly (ReplyForm | undefined)[] = [undefined, 'text', 'json', 'schema'];

function addReply(sums: Sums, { request, reply }: PendingReply, price: TokenPrice | undefined): void {
  const { usage } = sums;
  sums.open.delete(reply.index);
  sums.pending.set(reply.index, { request, reply });
  usage.replies++;
  usage.inputTokens += reply.tokens?.input ?? 0;
  usage.outputTokens += reply.tokens?.output ?? 0;
  usage.costUsd += reply.costUsd ?? costOf(reply, price, request.upTo ?? 0);
  if (forms.indexOf(reply.form) > forms.indexOf(sums.form)) sums.form = reply.form;
}

function isOut({ request, mayBeSent }: OpenRequest): boolean {
  return request.batch !== undefined && mayBeSent;
}

function stateOf({ open, pending, owed, usage, last, ...sums }: Sums): LedgerState {
  const unreplied = [...open.values()];
  const maybeCharged = unreplied.filter((one) => one.mayBeSent && !isOut(one));
  return {
    ...sums,
    open: unreplied.filter((one) => !isOut(one)).map(({ request }) => request),
    out: unreplied.filter(isOut).map(({ request }) => request),
    owed: [...owed.values()],
    pending: [...pending.values()],
    acceptedBytes: last?.acceptedBytes ?? 0,
    rejectedBytes: last?.rejectedBytes ?? 0,
    usage: {
      ...usage,
      unansweredUsd: maybeCharged.reduce(
        (sum, { request }) => sum + (request.upTo ?? 0),
        usage.unansweredUsd,
      ),
    },
  };
}

export function textHash(text: string): string {
  return hash('sha256', text);
}

function checkHash({ text, sha256 }: ReplyEntry, file: string): void {
  if (textHash(text) === sha256) return;
  throw new UserError('A reply in the ledger has changed since it was written.', {
    place: { file },
    nextStep: 'Restore the file, or start a new run in another folder.',
  });
}
