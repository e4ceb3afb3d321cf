import type { CompletionReply } from '../llm/provider.ts';
import { limitReached } from '../generation/run/endings.ts';
import { sendRecorded } from './sendRecorded.ts';

/**
 * Sends one request within the limit and writes its reply down, for runs that ask one thing after the other.
 * Throws what `sendRecorded` does, and `UserError` where the request could pass the limit.
 */
export async function askInTurn(
  request: Parameters<typeof sendRecorded>[0],
  context: Parameters<typeof sendRecorded>[1],
): Promise<CompletionReply> {
  const { account, folder, price } = context;
  const { upTo } = request.composed;
  if (!account.fits(upTo)) throw limitReached(account, upTo);
  const reply = await sendRecorded(request, context);
  const cost = account.answered(upTo, reply);
  await folder.replied(request.index, reply, price === undefined ? undefined : cost);
  return reply;
}
