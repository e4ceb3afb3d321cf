import { CancelledError, UserError } from '../foundation/userError.ts';
import type { Destination } from '../synthesis/provider.ts';
import type { CliContext } from './context.ts';

/**
 * Makes sure that a person agrees to texts of theirs being sent to `destination`: beforehand, by naming its host,
 * or when asked on a terminal. This computer needs no consent. Throws `UserError`, or `CancelledError` after a no.
 */
export async function agreeToSend(
  context: CliContext,
  { kind, host }: Destination,
  agreedHost: string | undefined,
): Promise<void> {
  if (agreedHost !== undefined && agreedHost.toLowerCase() !== host.toLowerCase()) {
    throw new UserError(`The texts would go to ${host}, and not to ${agreedHost}. Nothing was sent.`, {
      nextStep: 'Correct --base-url or --yes-send-to.',
    });
  }
  if (kind === 'local' || agreedHost !== undefined) return;
  if (context.ask === undefined) {
    throw new UserError(`Your texts would be sent to ${host}. Nothing was sent.`, {
      nextStep: `If they may be, say so with --yes-send-to ${host}.`,
    });
  }
  const answer = await context.ask(`Send your texts to ${host}? (yes/no) `);
  if (!/^\s*y(?:es)?\s*$/i.test(answer)) throw new CancelledError();
}
