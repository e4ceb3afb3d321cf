import type { Usage } from '../llm/cost/account.ts';
import { hash } from 'node:crypto';
import { UserError } from '../foundation/userError.ts';
import { costOf, type TokenPrice } from '../llm/cost/prices.ts';
import type { ReplyForm } from '../llm/provider.ts';
import { readLedger, type OutcomeEntry, type ReplyEntry, type RequestEntry } from './ledger.ts';

/** A reply on disk that nothing has come of yet. */
export interface PendingReply {
  readonly request: RequestEntry;
  readonly reply: ReplyEntry;
}

/** Where the runs before this one left off. */
export interface LedgerState {
  /** The first index that was never used. */
  readonly nextIndex: number;
  /** Requests without a reply: to be sent again. */
  readonly open: readonly RequestEntry[];
  /** Requests in a batch that may still bring their reply: not to be sent again. */
  readonly out: readonly RequestEntry[];
  /** The highest number of a batch file, 0 when there is none. */
  readonly lastBatch: number;
  /** The lowest index of a part of a request, 0 when there is none. */
  readonly lastPart: number;
  /** Numbers of given texts that parts of requests are still to ask about, by part. */
  readonly owed: readonly (readonly number[])[];
  /** In the order in which they came, which is the order in which they are judged. */
  readonly pending: readonly PendingReply[];
  /** Texts with an outcome. */
  readonly accepted: number;
  readonly rejected: number;
  readonly acceptedBytes: number;
  readonly rejectedBytes: number;
  readonly usage: Usage;
  /** The strictest form of reply that the service has given. */
  readonly form: ReplyForm | undefined;
}

interface OpenRequest {
  readonly request: RequestEntry;
  /** A try of it may be under way, or have been when the run was killed. */
  mayBeSent: boolean;
}

const forms: readonly ReplyForm[] = ['text', 'json', 'schema'];

interface ReadOptions {
  /** Counts for replies that were written down without their cost. */
  readonly price?: TokenPrice | undefined;
  /** Leaves the file as it is, torn end and all. */
  readonly isLookedAt?: boolean;
}

/** Adds the ledger up. Throws `UserError`. */
export async function readLedgerState(
  file: string,
  { price, isLookedAt }: ReadOptions = {},
): Promise<LedgerState> {
  const open = new Map<number, OpenRequest>();
  const pending = new Map<number, PendingReply>();
  const usage = { replies: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, unansweredUsd: 0 };
  let nextIndex = 0;
  let lastBatch = 0;
  let lastPart = 0;
  const owed = new Map<number, readonly number[]>();
  let accepted = 0;
  let rejected = 0;
  let last: OutcomeEntry | undefined;
  let form: ReplyForm | undefined;

  for await (const entry of readLedger(file, isLookedAt)) {
    nextIndex = Math.max(nextIndex, entry.index + 1);
    const asked = open.get(entry.index);
    if (entry.event === 'request') {
      if (asked?.mayBeSent === true) usage.unansweredUsd += asked.request.upTo ?? 0;
      open.set(entry.index, { request: entry, mayBeSent: true });
      lastBatch = Math.max(lastBatch, entry.batch ?? 0);
      lastPart = Math.min(lastPart, entry.index);
      for (const number of entry.questions ?? []) owed.delete(number);
    } else if (entry.event === 'failed') {
      if (asked === undefined) continue;
      if (entry.mayBeCharged) usage.unansweredUsd += asked.request.upTo ?? 0;
      if (entry.last === true) asked.mayBeSent = false;
    } else if (entry.event === 'reply') {
      if (asked === undefined) continue;
      open.delete(entry.index);
      pending.set(entry.index, { request: asked.request, reply: checked(entry, file) });
      usage.replies++;
      usage.inputTokens += entry.tokens?.input ?? 0;
      usage.outputTokens += entry.tokens?.output ?? 0;
      usage.costUsd += entry.costUsd ?? costOf(entry, price, asked.request.upTo ?? 0);
      if (entry.form !== undefined && forms.indexOf(entry.form) > forms.indexOf(form ?? 'text')) {
        ({ form } = entry);
      } else {
        form ??= entry.form;
      }
    } else {
      pending.delete(entry.index);
      accepted += entry.accepted;
      rejected += entry.rejected;
      for (const part of entry.again ?? []) owed.set(Math.min(...part), part);
      last = entry;
    }
  }
  const unreplied = [...open.values()];
  const isOut = ({ request, mayBeSent }: OpenRequest): boolean => request.batch !== undefined && mayBeSent;
  for (const asked of unreplied) {
    if (asked.mayBeSent && !isOut(asked)) usage.unansweredUsd += asked.request.upTo ?? 0;
  }
  return {
    nextIndex,
    open: unreplied.filter((asked) => !isOut(asked)).map(({ request }) => request),
    out: unreplied.filter(isOut).map(({ request }) => request),
    lastBatch,
    lastPart,
    owed: [...owed.values()],
    pending: [...pending.values()],
    accepted,
    rejected,
    acceptedBytes: last?.acceptedBytes ?? 0,
    rejectedBytes: last?.rejectedBytes ?? 0,
    usage,
    form,
  };
}

export function textHash(text: string): string {
  return hash('sha256', text);
}

function checked(reply: ReplyEntry, file: string): ReplyEntry {
  if (textHash(reply.text) === reply.sha256) return reply;
  throw new UserError('A reply in the ledger is not as it came: it was changed since.', {
    place: { file },
    nextStep: 'Restore the file, or start a new run in another folder.',
  });
}
