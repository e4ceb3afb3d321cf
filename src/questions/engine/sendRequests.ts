import { throwIfCancelled } from '../../foundation/userError.ts';
import type { Account } from '../../llm/cost/account.ts';
import type { MeasuredRequest } from '../../llm/cost/measureRequest.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import type { CompletionReply } from '../../llm/provider.ts';
import { ProviderFailure } from '../../llm/sending/providerFailure.ts';
import type { Sender } from '../../llm/sending/sender.ts';
import { mostUnreadable } from '../../llm/reply/unreadable.ts';
import { limitReached } from '../../runs/endings.ts';
import type { RunFolder } from '../../runs/runFolder.ts';
import { sendRecorded } from '../../runs/sendRecorded.ts';
import type { NumberedRequest } from './numbering.ts';

interface SendContext {
  /** The run's name. */
  readonly run: string;
  readonly folder: RunFolder;
  readonly account: Account;
  readonly sender: Sender;
  readonly price: TokenPrice | undefined;
  readonly concurrency: number;
  /** The requests that are still to be sent, in order. Replies may add to them. */
  readonly requests: NumberedRequest[];
  readonly compose: (request: NumberedRequest) => MeasuredRequest;
  /** Called with each reply once it is on the disk, in the order of the ledger. An error that it throws ends the run. */
  readonly onReply: (request: NumberedRequest, reply: CompletionReply) => Promise<void>;
  readonly onTrouble: (reason: string) => void;
  /** Whether any reply could be read. */
  readonly hasRead: () => boolean;
}

/**
 * Sends every request and records its reply. After an error no new request is sent, but requests in flight are completed,
 * because they are paid for. Only cancelling stops them.
 */
export async function sendRequests(context: SendContext, signal: AbortSignal | undefined): Promise<void> {
  const { account, concurrency, requests, compose, onReply, hasRead } = context;
  const cancel = signal ?? new AbortController().signal;
  const stopping = new AbortController();
  const stop = AbortSignal.any([cancel, stopping.signal]);
  let inFlight = 0;
  let changed = Promise.withResolvers<void>();
  let failure: { readonly reason: unknown } | undefined;
  const fail = (reason: unknown): void => {
    failure ??= { reason };
    stopping.abort();
  };
  const send = async (request: NumberedRequest, composed: MeasuredRequest): Promise<void> => {
    inFlight++;
    try {
      await onReply(request, await replyTo(request, composed, { ...context, cancel, stop }));
    } catch (error) {
      fail(error);
    } finally {
      inFlight--;
      changed.resolve();
      changed = Promise.withResolvers();
    }
  };
  const work = async (mostRequests: number): Promise<void> => {
    for (let sent = 0; sent < mostRequests && !stop.aborted;) {
      const [next] = requests;
      if (next === undefined && inFlight === 0) return;
      const composed = next === undefined ? undefined : compose(next);
      if (next !== undefined && composed !== undefined && account.fits(composed.upTo)) {
        requests.shift();
        sent++;
        await send(next, composed);
      } else if (inFlight > 0) {
        // A reply in flight may add parts to send, or leave more of the limit than it could have cost.
        await changed.promise;
      } else if (composed !== undefined) {
        fail(limitReached(account, composed.upTo));
      }
    }
  };
  // The first request is sent alone, so that a wrong key or model shows before many are sent.
  await work(1);
  // While no reply could be read, the next ones may not be readable either.
  for (let tries = 1; tries < mostUnreadable && !hasRead(); tries++) await work(1);
  await Promise.all(Array.from({ length: concurrency }, () => work(Number.POSITIVE_INFINITY)));
  throwIfCancelled(signal);
  if (failure !== undefined) throw failure.reason;
}

/** Sends a request and records its reply. "Too long for the model" counts as a reply, so that it is not sent again. */
async function replyTo(
  { index, questions }: NumberedRequest,
  composed: MeasuredRequest,
  context: SendContext & { readonly cancel: AbortSignal; readonly stop: AbortSignal },
): Promise<CompletionReply> {
  const { account, folder, price } = context;
  // These texts are given: there is no style, and there are no negatives and topics to record.
  const given = { texts: questions.length, style: '', negatives: 0, seeds: [] };
  const record = { ...given, ...(index < 0 ? { questions } : {}) };
  const reply = await sendRecorded({ index, record, composed }, context).catch(
    (error: unknown): CompletionReply => {
      if (!(error instanceof ProviderFailure) || error.details.isTooLong !== true) throw error;
      account.reserve(composed.upTo);
      return { text: '', refused: 'too-long' };
    },
  );
  const cost = account.answered(composed.upTo, reply);
  await folder.replied(index, reply, price === undefined ? undefined : cost);
  return reply;
}
