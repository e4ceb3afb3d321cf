import type { RequestSpec, TextRequest } from '../plan/requestSpec.ts';
import { limitReached, nothingUsable } from '../../runs/endings.ts';
import { throwIfCancelled } from '../../foundation/userError.ts';
import { recordOfSpec } from './specRecord.ts';
import type { Sender } from '../../llm/sending/sender.ts';
import { requestSource } from './nextRequest.ts';
import { concludeReply, pendingReplies, type AnsweredRequest, type OpenRun } from './openRun.ts';
import { progressOf, type GenerateProgress } from './generateProgress.ts';
import { sendRecorded } from '../../runs/sendRecorded.ts';

interface RunContext extends OpenRun {
  readonly sender: Sender<TextRequest>;
  readonly concurrency: number;
}

interface RunHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GenerateProgress) => void;
}

/** After so many replies in a row of which nothing could be used, the run gives up. */
const fruitlessReplies = 10;

/**
 * Sends requests and judges their replies until the run has what it wants. When something goes wrong no new
 * request is sent, and what is in flight is waited for, since it is paid for; only a cancel cuts it off.
 */
export async function runRequests(context: RunContext, { signal, onProgress }: RunHooks): Promise<void> {
  const { plan, folder, tally, account, sender, concurrency, price, run } = context;
  const source = requestSource(plan, folder.state, { account, price });
  const cancel = signal ?? new AbortController().signal;
  const stopping = new AbortController();
  const stop = AbortSignal.any([cancel, stopping.signal]);
  // Some are recorded before there is a place for them, so that no place waits for the disk.
  const ahead = concurrency === 1 ? 0 : Math.ceil(concurrency / 4);

  const flying = new Map<number, RequestSpec>();
  const flights = new Set<Promise<void>>();
  let unanswered = 0;
  let hasReplied = false;
  let fruitless = 0;
  let failure: { readonly reason: unknown } | undefined;
  let lastOutcome: Promise<void> = Promise.resolve();
  let changed = Promise.withResolvers<void>();
  const begun = performance.now();
  const acceptedBefore = tally.accepted;

  const change = (): void => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  const fail = (reason: unknown): void => {
    failure ??= { reason };
    stopping.abort();
    change();
  };

  const report = (trouble?: string): void =>
    onProgress?.(
      progressOf({
        tally,
        account,
        wanted: plan.count,
        inFlight: unanswered,
        isPriced: price !== undefined,
        acceptedNow: tally.accepted - acceptedBefore,
        seconds: (performance.now() - begun) / 1000,
        ...(trouble === undefined ? {} : { trouble }),
      }),
    );

  const conclude = (answered: AnsweredRequest): void => {
    const before = tally.accepted;
    lastOutcome = concludeReply(context, answered);
    lastOutcome.catch(fail);
    fruitless = tally.accepted > before || tally.accepted >= plan.count ? 0 : fruitless + 1;
    if (fruitless === fruitlessReplies) fail(nothingUsable(context.out, fruitless, tally));
    report();
  };

  const fly = async (next: Extract<ReturnType<typeof source>, { kind: 'request' }>): Promise<void> => {
    const { index, spec, composed } = next;
    flying.set(index, spec);
    unanswered++;
    try {
      const reply = await sendRecorded(
        { index, record: recordOfSpec(spec), composed },
        {
          run,
          folder,
          account,
          sender,
          price,
          cancel,
          stop,
          onTrouble: report,
        },
      );
      unanswered--;
      hasReplied = true;
      change();
      const cost = account.answered(composed.upTo, reply);
      // Resolves in the order in which replies are written down: so the ledger tells the order of judgement.
      await folder.replied(index, reply, price === undefined ? undefined : cost);
      conclude({ index, spec, promptHash: composed.promptHash, reply });
      // One at a time means that the ledger's lines stand in the same order every time, too.
      if (concurrency === 1) await lastOutcome;
    } catch (error) {
      fail(error);
    } finally {
      flying.delete(index);
      change();
    }
  };

  const mayStart = (): boolean => {
    const storing = flying.size - unanswered;
    return concurrency === 1 || !hasReplied
      ? flying.size === 0
      : unanswered < concurrency + ahead && storing < 4 * concurrency;
  };

  for (const answered of pendingReplies(context)) conclude(answered);
  while (!stop.aborted) {
    const next = mayStart() ? source({ tally, flying: flying.values() }) : { kind: 'wait' as const };
    if (next.kind === 'enough') break;
    if (next.kind === 'too-dear') {
      fail(limitReached(account, next.upTo));
    } else if (next.kind === 'wait') {
      await changed.promise;
    } else {
      const flight = fly(next).finally(() => flights.delete(flight));
      flights.add(flight);
    }
  }
  await Promise.all(flights);
  throwIfCancelled(signal);
  if (failure !== undefined) throw failure.reason;
  await lastOutcome;
}
