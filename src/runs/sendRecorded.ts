import type { TokenPrice } from '../llm/cost/prices.ts';
import type { MeasuredRequest } from '../llm/cost/measureRequest.ts';
import { limitReached } from './endings.ts';
import { CancelledError } from '../foundation/userError.ts';
import type { Account } from '../llm/cost/account.ts';
import type { CompletionReply, CompletionRequest } from '../llm/provider.ts';
import type { RunFolder } from './runFolder.ts';
import { ProviderFailure } from '../llm/sending/providerFailure.ts';
import type { Sender } from '../llm/sending/sender.ts';
import type { RequestEntry } from './ledgerEntry.ts';

interface RecordedRequest<R extends CompletionRequest> {
  readonly index: number;
  /** The fields of its ledger entry besides index, prompt and cost. */
  readonly record: Omit<RequestEntry, 'event' | 'index' | 'prompt' | 'upTo'>;
  readonly composed: MeasuredRequest<R>;
}

interface SendContext<R extends CompletionRequest> {
  readonly run: string;
  readonly folder: RunFolder;
  readonly account: Account;
  readonly sender: Sender<R>;
  readonly price: TokenPrice | undefined;
  readonly cancel: AbortSignal;
  readonly stop: AbortSignal;
  /** Called if an attempt has failed and another follows. */
  readonly onTrouble: (reason: string) => void;
}

/**
 * Records a request, sends it, and reserves the possible cost of each attempt. After a reply, the caller settles the
 * reservation that is left. Errors are recorded before they are thrown.
 */
export async function sendRecorded<R extends CompletionRequest>(
  { index, record, composed }: RecordedRequest<R>,
  { run, folder, account, sender, price, cancel, stop, onTrouble }: SendContext<R>,
): Promise<CompletionReply> {
  const { upTo } = composed;
  const { form } = folder.state;
  const request: { state: 'unsent' | 'on its way' | 'between tries' } = { state: 'unsent' };
  let isReserved = true;
  account.reserve(upTo);
  const settleTry = (mayBeCharged: boolean): void => {
    if (isReserved && mayBeCharged) account.unanswered(upTo);
    else if (isReserved) account.release(upTo);
    isReserved = false;
  };
  try {
    await folder.requested({
      index,
      prompt: composed.promptHash,
      ...record,
      ...(price === undefined ? {} : { upTo }),
    });
    return await sender.send(
      { ...composed.request, id: `${run}-${index}`, ...(form === undefined ? {} : { form }) },
      {
        tokens: composed.tokens.input + composed.tokens.output,
        cancel,
        stop,
        onTry: () => {
          request.state = 'on its way';
        },
        onRetry: async ({ details: { reason, mayBeCharged } }) => {
          request.state = 'between tries';
          settleTry(mayBeCharged);
          if (mayBeCharged) await folder.failed(index, { reason, mayBeCharged });
          if (!account.fits(upTo)) throw limitReached(account, upTo);
          account.reserve(upTo);
          isReserved = true;
          onTrouble(reason);
        },
      },
    );
  } catch (error) {
    const isUnknown = error instanceof CancelledError && request.state === 'on its way';
    const details = error instanceof ProviderFailure ? error.details : undefined;
    settleTry(isUnknown || details?.mayBeCharged === true);
    // A request that was cancelled in flight stays open in the ledger, because it may be charged.
    if (!isUnknown) {
      const { reason = 'not sent', mayBeCharged = false } = details ?? {};
      await folder.failed(index, { reason, mayBeCharged, last: true }).catch(() => undefined);
    }
    throw error;
  }
}

/**
 * Sends one request and records its reply, for runs that send one request at a time. Throws as `sendRecorded`, and
 * `UserError` if the request could exceed the cost limit.
 */
export async function sendInTurn<R extends CompletionRequest>(
  request: RecordedRequest<R>,
  context: SendContext<R>,
): Promise<CompletionReply> {
  const { account, folder, price } = context;
  const { upTo } = request.composed;
  if (!account.fits(upTo)) throw limitReached(account, upTo);
  const reply = await sendRecorded(request, context);
  const cost = account.answered(upTo, reply);
  await folder.replied(request.index, reply, price === undefined ? undefined : cost);
  return reply;
}
