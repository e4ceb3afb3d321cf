import type { TokenPrice } from '../../llm/cost/prices.ts';
import type { MeasuredRequest } from '../../llm/cost/measureRequest.ts';
import { limitReached } from '../../runs/endings.ts';
import { throwIfCancelled } from '../../foundation/userError.ts';
import type { Account } from '../../llm/cost/account.ts';
import type { CompletionReply } from '../../llm/provider.ts';
import { sendRecorded } from '../../runs/sendRecorded.ts';
import type { RunFolder } from '../../runs/runFolder.ts';
import { ProviderFailure } from '../../llm/sending/providerFailure.ts';
import type { Sender } from '../../llm/sending/sender.ts';
import type { NumberedRequest } from './numbering.ts';

interface BatchContext {
  /** The run's name. */
  readonly run: string;
  readonly folder: RunFolder;
  readonly account: Account;
  readonly sender: Sender;
  readonly price: TokenPrice | undefined;
  readonly concurrency: number;
  /** What is still to be sent, in order; replies may add to it. */
  readonly requests: NumberedRequest[];
  readonly compose: (request: NumberedRequest) => MeasuredRequest;
  /** Called with each reply once it is on the disk, in the order of the ledger. What it throws ends the run. */
  readonly onReply: (request: NumberedRequest, reply: CompletionReply) => Promise<void>;
  readonly onTrouble: (reason: string) => void;
}

/**
 * Sends every request and writes each reply down; that one is too long for the model is written down as a reply,
 * too, so that it is not asked again as it is. When something goes wrong no new request is sent, and
 * what is in flight is waited for, since it is paid for; only a cancel cuts it off.
 */
export async function sendBatches(context: BatchContext, signal: AbortSignal | undefined): Promise<void> {
  const { run, folder, account, sender, price, concurrency, requests, compose, onReply, onTrouble } = context;
  const cancel = signal ?? new AbortController().signal;
  const stopping = new AbortController();
  const stop = AbortSignal.any([cancel, stopping.signal]);
  let inFlight = 0;
  let changed = Promise.withResolvers<void>();
  let failure: { readonly reason: unknown } | undefined;
  const change = (): void => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  const fail = (reason: unknown): void => {
    failure ??= { reason };
    stopping.abort();
  };

  const ask = async (request: NumberedRequest, composed: MeasuredRequest): Promise<void> => {
    const { index, questions } = request;
    inFlight++;
    try {
      // No style, negatives or seeds: these texts are given, not drawn.
      const given = { texts: questions.length, style: '', negatives: 0, seeds: [] };
      const record = { ...given, ...(index < 0 ? { questions } : {}) };
      const reply = await sendRecorded(
        { index, record, composed },
        { run, folder, account, sender, price, cancel, stop, onTrouble },
      ).catch((error: unknown): CompletionReply => {
        if (!(error instanceof ProviderFailure) || error.details.isTooLong !== true) throw error;
        account.reserve(composed.upTo);
        return { text: '', refused: 'too-long' };
      });
      const cost = account.answered(composed.upTo, reply);
      await folder.replied(index, reply, price === undefined ? undefined : cost);
      await onReply(request, reply);
    } catch (error) {
      fail(error);
    } finally {
      inFlight--;
      change();
    }
  };

  const work = async (mostBatches: number): Promise<void> => {
    for (let done = 0; done < mostBatches && !stop.aborted;) {
      const [next] = requests;
      if (next === undefined) {
        if (inFlight === 0) return;
        // What is on its way may have to be asked again in parts.
        await changed.promise;
        continue;
      }
      const composed = compose(next);
      if (account.fits(composed.upTo)) {
        requests.shift();
        done++;
        await ask(next, composed);
      } else if (inFlight > 0) {
        // What is on its way may leave more of the limit than it could cost.
        await changed.promise;
      } else {
        fail(limitReached(account, composed.upTo));
      }
    }
  };
  // The first goes alone: a wrong key or model shows before many are sent.
  await work(1);
  await Promise.all(Array.from({ length: concurrency }, () => work(Number.POSITIVE_INFINITY)));
  throwIfCancelled(signal);
  if (failure !== undefined) throw failure.reason;
}
