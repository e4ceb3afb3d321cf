import { UserError } from '../foundation/userError.ts';
import type { Account } from '../llm/cost/account.ts';
import type { Unreadable } from '../llm/reply/unreadable.ts';
import { dollars } from '../llm/cost/dollars.ts';
import { runFiles } from './runFiles.ts';

/** The error of a run whose next request could exceed the limit. `upTo`: its highest possible cost, in USD. */
export function limitReached(account: Account, upTo: number): UserError {
  const { usage, maxCostUsd } = account;
  const lost =
    usage.unansweredUsd > 0 ? `, up to ${dollars(usage.unansweredUsd)} for requests without an answer` : '';
  const reserved = account.reservedUsd();
  const inFlight = reserved > 0 ? `, up to ${dollars(reserved)} for requests in flight` : '';
  return new UserError(
    `The run stopped before its limit of ${dollars(maxCostUsd ?? 0)}: ${dollars(usage.costUsd)} has been spent${lost}${inFlight}, and the next ` +
      `request could cost ${dollars(upTo)}.`,
    { nextStep: 'Resume it with a higher limit.' },
  );
}

/** The error of a run none of whose replies can be read. `file` is its folder. */
export function nothingReadable(file: string, replies: number, { detail, nextStep }: Unreadable): UserError {
  return new UserError(`The last ${replies} replies could not be read: ${detail}.`, {
    place: { file },
    nextStep,
  });
}

/** The error of a run whose replies cannot be used. `file` is its folder. */
export function nothingUsable(
  file: string,
  replies: number,
  { reasons }: { readonly reasons: Readonly<Record<string, number>> },
): UserError {
  const [reason] = Object.entries(reasons).sort(([, a], [, b]) => b - a)[0] ?? ['malformed'];
  return new UserError(
    `None of the texts in the last ${replies} replies could be used, most often because of "${reason}".`,
    {
      place: { file },
      nextStep: `Look at ${runFiles.rejected} in this folder, and try another model or other settings.`,
    },
  );
}
