import { throwIfCancelled } from '../../foundation/userError.ts';
import type { Sender } from '../../llm/sending/sender.ts';
import { mostUnreadable } from '../../llm/reply/unreadable.ts';
import { limitReached, nothingReadable, nothingUsable } from '../../runs/endings.ts';
import { sendRecorded } from '../../runs/sendRecorded.ts';
import type { RequestSpec, TextRequest } from '../plan/requestSpec.ts';
import { type GenerateProgress, progressOf } from './generateProgress.ts';
import { timeLeft } from './timeLeft.ts';
import { type Next, requestSource } from './nextRequest.ts';
import { type AnsweredRequest, concludeReply, type OpenRun, pendingReplies } from './openRun.ts';
import { recordOfSpec } from './specRecord.ts';

interface RunContext extends OpenRun {
  readonly sender: Sender<TextRequest>;
  readonly concurrency: number;
}

interface RunHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GenerateProgress) => void;
}

/** The run stops after so many replies in a row without a usable text. */
const mostUselessReplies = 10;

/**
 * Sends requests and judges their replies until the run has all its texts. After a failure no new request is sent, and
 * replies to requests in flight are waited for, because they are paid for. Only a cancel cuts them off. Throws `UserError`
 * or `CancelledError`.
 */
export async function runRequests(context: RunContext, hooks: RunHooks): Promise<void> {
  const { plan, folder, tally, account, price } = context;
  const sending = beginSending(context, hooks);
  const nextRequest = requestSource(plan, folder.state, { account, price });
  for (const answered of pendingReplies(context)) conclude(sending, answered);
  while (!sending.stop.aborted) {
    const next = mayStart(sending) ? nextRequest(tally, sending.inFlight.values()) : wait;
    if (next.kind === 'enough') break;
    if (next.kind === 'over limit') sending.fail(limitReached(account, next.upTo));
    else if (next.kind === 'wait') await sending.change.promise;
    else start(sending, next);
  }
  await Promise.all(sending.work);
  throwIfCancelled(hooks.signal);
  if (sending.failure !== undefined) throw sending.failure.reason;
  await sending.lastOutcome;
}

const wait = { kind: 'wait' } as const;

/** A run that sends requests. */
interface Sending {
  readonly context: RunContext;
  readonly cancel: AbortSignal;
  /** Aborted by a cancel or by the first failure. */
  readonly stop: AbortSignal;
  readonly fail: (reason: unknown) => void;
  readonly report: (trouble?: string) => void;
  /** A reply of this session was judged. */
  readonly judged: () => void;
  /** Requests that are sent and whose replies are not judged yet. */
  readonly inFlight: Map<number, RequestSpec>;
  readonly work: Set<Promise<void>>;
  /** How many of those in flight have no reply yet. */
  unanswered: number;
  hasReplied: boolean;
  /** Replies in a row without a usable text. */
  useless: number;
  failure: { readonly reason: unknown } | undefined;
  lastOutcome: Promise<void>;
  /** Resolves when a request may be started that could not be before. */
  change: PromiseWithResolvers<void>;
}

function beginSending(context: RunContext, { signal, onProgress }: RunHooks): Sending {
  const { tally, account, plan, price } = context;
  const cancel = signal ?? new AbortController().signal;
  const stopping = new AbortController();
  const begun = performance.now();
  const pace = timeLeft();
  const sending: Sending = {
    context,
    cancel,
    stop: AbortSignal.any([cancel, stopping.signal]),
    fail: (reason) => {
      sending.failure ??= { reason };
      stopping.abort();
      changed(sending);
    },
    report: (trouble) =>
      onProgress?.(
        progressOf({
          tally,
          account,
          wanted: plan.count,
          inFlight: sending.unanswered,
          isPriced: price !== undefined,
          secondsLeft: pace.left(plan.count - tally.accepted, secondsSince(begun)),
          ...(trouble === undefined ? {} : { trouble }),
        }),
      ),
    judged: () => pace.done(tally.accepted, secondsSince(begun)),
    inFlight: new Map(),
    work: new Set(),
    unanswered: 0,
    hasReplied: false,
    useless: 0,
    failure: undefined,
    lastOutcome: Promise.resolve(),
    change: Promise.withResolvers<void>(),
  };
  return sending;
}

function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000;
}

function changed(sending: Sending): void {
  sending.change.resolve();
  sending.change = Promise.withResolvers<void>();
}

/**
 * Until the first reply that can be read, one request is tried alone, so that a wrong key, address or model costs few
 * requests.
 */
function mayStart({ context, inFlight, unanswered, hasReplied }: Sending): boolean {
  const { concurrency, tally } = context;
  const isUnread = tally.accepted === 0 && tally.unreadable !== undefined;
  if (concurrency === 1 || !hasReplied || isUnread) return inFlight.size === 0;
  // Some are recorded before they may be sent, so that sending never waits for the disk.
  const ahead = Math.ceil(concurrency / 4);
  const beingStored = inFlight.size - unanswered;
  return unanswered < concurrency + ahead && beingStored < 4 * concurrency;
}

function start(sending: Sending, next: Extract<Next, { kind: 'request' }>): void {
  const work = sendOne(sending, next).finally(() => sending.work.delete(work));
  sending.work.add(work);
}

async function sendOne(
  sending: Sending,
  { index, spec, composed }: Extract<Next, { kind: 'request' }>,
): Promise<void> {
  const { context, cancel, stop, report, inFlight } = sending;
  const { account, folder, price, concurrency } = context;
  inFlight.set(index, spec);
  sending.unanswered++;
  // Until the first reply, nothing else would show that the run is at work.
  if (!sending.hasReplied) report();
  try {
    const reply = await sendRecorded(
      { index, record: recordOfSpec(spec), composed },
      { ...context, cancel, stop, onTrouble: report },
    );
    sending.unanswered--;
    const cost = account.answered(composed.upTo, reply);
    // Resolves in the order in which replies are recorded, so that the ledger has the order in which they are judged.
    await folder.replied(index, reply, price === undefined ? undefined : cost);
    sending.hasReplied = true;
    conclude(sending, { index, spec, promptHash: composed.promptHash, reply });
    changed(sending);
    // One at a time means that the lines of the ledger are in the same order every time, too.
    if (concurrency === 1) await sending.lastOutcome;
  } catch (error) {
    sending.fail(error);
  } finally {
    inFlight.delete(index);
    changed(sending);
  }
}

function conclude(sending: Sending, answered: AnsweredRequest): void {
  const { context, fail, report } = sending;
  const { tally, plan, out } = context;
  const before = tally.accepted;
  sending.lastOutcome = concludeReply(context, answered);
  sending.lastOutcome.catch(fail);
  const isUseful = tally.accepted > before || tally.accepted >= plan.count;
  sending.useless = isUseful ? 0 : sending.useless + 1;
  if (sending.hasReplied) sending.judged();
  const { accepted, unreadable } = tally;
  if (accepted === 0 && unreadable?.replies === mostUnreadable) {
    fail(nothingReadable(out, mostUnreadable, unreadable.why));
  } else if (sending.useless === mostUselessReplies) fail(nothingUsable(out, mostUselessReplies, tally));
  report();
}
