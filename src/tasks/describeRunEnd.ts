import { counted } from '../foundation/numbers.ts';
import type { RunResult } from '../generation/run/openRun.ts';

/**
 * The result of a run in one message. `shown` is the folder as shown to people, `spent` the cost in words, and `balance` the
 * lines of the balance, with "!" in front of large differences from the request.
 */
export function describeRunEnd(
  result: Pick<RunResult, 'accepted' | 'rejected' | 'rejectedByReason'>,
  {
    shown,
    spent,
    balance,
  }: { readonly shown: string; readonly spent: string; readonly balance: readonly string[] },
): string {
  const { accepted, rejected } = result;
  return [
    `${counted(accepted, 'note')} accepted, ${rejected} rejected. Saved in ${shown}.`,
    spent === '' ? '' : `${spent}.`,
    mostRefused(result),
    accepted === 0 ? '' : farOff(balance),
  ]
    .filter(Boolean)
    .join(' ');
}

/** The most frequent reason, if more texts were rejected than accepted. */
function mostRefused({ accepted, rejected, rejectedByReason }: Parameters<typeof describeRunEnd>[0]): string {
  const [most] = Object.entries(rejectedByReason).toSorted(([, a], [, b]) => b - a);
  if (most === undefined || rejected <= accepted) return '';
  return `The most frequent reason for rejection is ${most[0]} (${most[1]}).`;
}

/** The first large difference from the request, and the number of others. */
function farOff(lines: readonly string[]): string {
  const [first, ...more] = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(2));
  if (first === undefined) return '';
  const rest = more.length === 0 ? '' : `; ${more.length} more in the log`;
  return `Different from the request: ${first}${rest}.`;
}
