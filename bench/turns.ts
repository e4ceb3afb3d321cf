import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from './table.ts';

/** Lets the other side's threads fall asleep, in ms. */
const rest = 100;

/** A measurement; `alone` when no other program worked meanwhile. */
interface Turn<T> {
  readonly result: T;
  readonly alone: boolean;
}

type Pair<T> = readonly [ours: T, peer: T];

/**
 * Measures both sides in turns, each first every other time, until `rounds` pairs were undisturbed; after three
 * times as many it gives up. `anyway` takes disturbed ones too: to try a bench out on a busy machine.
 */
export async function pairedTurns<T>(
  { rounds, anyway }: { readonly rounds: number; readonly anyway: boolean },
  measure: (side: 0 | 1) => Promise<Turn<T>>,
): Promise<{ readonly pairs: readonly Pair<T>[]; readonly turns: number }> {
  const pairs: Pair<T>[] = [];
  let turns = 0;
  for (; pairs.length < rounds && turns < 3 * rounds; turns++) {
    const first = turns % 2 === 0 ? 0 : 1;
    const second = turns % 2 === 0 ? 1 : 0;
    await pause(rest);
    const one = await measure(first);
    await pause(rest);
    const other = await measure(second);
    if (!anyway && !(one.alone && other.alone)) continue;
    pairs.push(first === 0 ? [one.result, other.result] : [other.result, one.result]);
  }
  return { pairs, turns };
}

/** Medians of both sides, their ratio, and the middle half of the ratios of pairs. */
export function comparison(pairs: readonly Pair<number>[], digits: number): string[] {
  const [ours, peer] = ([0, 1] as const).map((side) =>
    quantile(
      pairs.map((pair) => pair[side]),
      0.5,
    ),
  );
  const ratios = pairs.map((pair) => pair[0] / pair[1]);
  if (ours === undefined || peer === undefined || pairs.length === 0) return ['', '', '', ''];
  return [
    ours.toFixed(digits),
    peer.toFixed(digits),
    (ours / peer).toFixed(2),
    `${quantile(ratios, 0.25).toFixed(2)} to ${quantile(ratios, 0.75).toFixed(2)}`,
  ];
}
