import { CancelledError, UserError } from '../foundation/userError.ts';
import type { Destination } from '../synthesis/provider.ts';
import type { CliContext } from './context.ts';

/** What would be sent, and how the consent to it is given beforehand. */
interface Wording {
  readonly texts: string;
  readonly option: string;
}

/**
 * Makes sure that a person agrees to texts of theirs being sent to `destination`: beforehand, by naming its host,
 * or when asked on a terminal. This computer needs no consent. Throws `UserError`, or `CancelledError` after a no.
 */
export async function agreeToSend(
  context: CliContext,
  { kind, host }: Destination,
  agreedHost: string | undefined,
  { texts, option }: Wording = { texts: 'your texts', option: `--yes-send-to ${host}` },
): Promise<void> {
  if (agreedHost !== undefined && agreedHost.toLowerCase() !== host.toLowerCase()) {
    throw new UserError(`The texts would go to ${host}, and not to ${agreedHost}. Nothing was sent.`, {
      nextStep: 'Correct --base-url or --yes-send-to.',
    });
  }
  if (kind === 'local' || agreedHost !== undefined) return;
  if (context.ask === undefined) {
    const begin = texts.charAt(0).toUpperCase() + texts.slice(1);
    throw new UserError(`${begin} would be sent to ${host}. Nothing was sent.`, {
      nextStep: `If they may be, say so with ${option}.`,
    });
  }
  const answer = await context.ask(`Send ${texts} to ${host}? (yes/no) `);
  if (!/^\s*y(?:es)?\s*$/i.test(answer)) throw new CancelledError();
}
