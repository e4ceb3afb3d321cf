import { UserError } from '../foundation/userError.ts';
import type { Account } from '../llm/cost/account.ts';
import { dollars } from '../llm/cost/dollars.ts';

/** A run that could pass its limit ends here. */
export function limitReached(account: Account, upTo: number): UserError {
  const { usage, maxCostUsd } = account;
  const lost =
    usage.unansweredUsd > 0 ? `, up to ${dollars(usage.unansweredUsd)} for requests without an answer` : '';
  const reserved = account.reservedUsd();
  const onTheirWay = reserved > 0 ? `, up to ${dollars(reserved)} for requests on their way` : '';
  return new UserError(
    `The run stopped before its limit of ${dollars(maxCostUsd ?? 0)}: ${dollars(usage.costUsd)} are spent${lost}${onTheirWay}, and the next ` +
      `request could cost ${dollars(upTo)}.`,
    { nextStep: 'Resume it with a higher limit.' },
  );
}

/** A run whose replies are of no use ends here. `file` is its folder. */
export function nothingUsable(
  file: string,
  replies: number,
  { reasons }: { readonly reasons: Readonly<Record<string, number>> },
): UserError {
  const [reason] = Object.entries(reasons).sort(([, a], [, b]) => b - a)[0] ?? ['malformed'];
  return new UserError(
    `Of the last ${replies} replies no text could be used, most often because of "${reason}".`,
    {
      place: { file },
      nextStep: 'Look at rejected.jsonl there, and try another model or other settings.',
    },
  );
}
