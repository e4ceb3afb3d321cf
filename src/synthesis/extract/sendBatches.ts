import { throwIfCancelled } from '../../foundation/userError.ts';
import type { TokenPrice } from '../../project/project.ts';
import type { Account } from '../cost/account.ts';
import type { CompletionReply } from '../provider.ts';
import type { ComposedRequest } from '../run/composeRequest.ts';
import { limitReached } from '../run/endings.ts';
import { sendRecorded } from '../run/sendRecorded.ts';
import type { RunFolder } from '../runFolder.ts';
import type { Sender } from '../sending/sender.ts';

interface BatchContext {
  /** The run's name. */
  readonly run: string;
  readonly folder: RunFolder;
  readonly account: Account;
  readonly sender: Sender;
  readonly price: TokenPrice | undefined;
  readonly concurrency: number;
  /** Numbers of the batches that are still to be asked, in order. */
  readonly numbers: readonly number[];
  readonly compose: (number: number) => ComposedRequest;
  /** How many questions a batch has. */
  readonly sizeOf: (number: number) => number;
  /** Called with each reply once it is on the disk, in the order of the ledger. What it throws ends the run. */
  readonly onReply: (number: number, reply: CompletionReply) => Promise<void>;
  readonly onTrouble: (reason: string) => void;
}

/**
 * Asks about every batch and writes each reply down. When something goes wrong no new request is sent, and
 * what is in flight is waited for, since it is paid for; only a cancel cuts it off.
 */
export async function sendBatches(context: BatchContext, signal: AbortSignal | undefined): Promise<void> {
  const { run, folder, account, sender, price, concurrency, compose, sizeOf, onReply, onTrouble } = context;
  const cancel = signal ?? new AbortController().signal;
  const stopping = new AbortController();
  const stop = AbortSignal.any([cancel, stopping.signal]);
  const left = [...context.numbers];
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

  const ask = async (index: number, composed: ComposedRequest): Promise<void> => {
    inFlight++;
    try {
      // No style, negatives or seeds: these texts are given, not drawn.
      const record = { texts: sizeOf(index), style: '', negatives: 0, seeds: [] };
      const reply = await sendRecorded(
        { index, record, composed },
        { run, folder, account, sender, price, cancel, stop, onTrouble },
      );
      const cost = account.answered(composed.upTo, reply);
      await folder.replied(index, reply, price === undefined ? undefined : cost);
      await onReply(index, reply);
    } catch (error) {
      fail(error);
    } finally {
      inFlight--;
      change();
    }
  };

  const work = async (mostBatches: number): Promise<void> => {
    for (let done = 0; done < mostBatches && !stop.aborted;) {
      const [next] = left;
      if (next === undefined) return;
      const composed = compose(next);
      if (account.fits(composed.upTo)) {
        left.shift();
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
