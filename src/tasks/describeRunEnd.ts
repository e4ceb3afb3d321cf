import { counted } from '../foundation/numbers.ts';
import type { RunResult } from '../generation/run/openRun.ts';

/**
 * What came of a run in one message. `shown` is its folder as the user knows it, `spent` what it cost in words, `balance` the
 * lines of its balance, "!" in front of what is far from what was asked for.
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

/** Why texts were refused, where more were than were accepted. */
function mostRefused({ accepted, rejected, rejectedByReason }: Parameters<typeof describeRunEnd>[0]): string {
  const [most] = Object.entries(rejectedByReason).toSorted(([, a], [, b]) => b - a);
  if (most === undefined || rejected <= accepted) return '';
  return `The most frequent reason for rejection is ${most[0]} (${most[1]}).`;
}

/** What is far from what was asked for: the first of it, and how much more. */
function farOff(lines: readonly string[]): string {
  const [first, ...more] = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(2));
  if (first === undefined) return '';
  const rest = more.length === 0 ? '' : `; ${more.length} more in the log`;
  return `Different from the request: ${first}${rest}.`;
}
