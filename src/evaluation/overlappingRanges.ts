import type { TextRange } from '../corpus/document.ts';

/**
 * For each of `predicted` the indices of the `gold` ranges that share a position with it, in text order.
 * Both lists must be ordered by start. The time is linear in the ranges and the pairs found, since gold
 * ranges that end before a prediction are passed over for good.
 */
export function overlapsOf(
  gold: readonly TextRange[],
  predicted: readonly TextRange[],
): readonly (readonly number[])[] {
  // reach[i]: the furthest end of gold[0..i]; a long range keeps those that follow it in reach.
  const reach: number[] = [];
  for (const { end } of gold) reach.push(Math.max(end, reach.at(-1) ?? 0));
  let low = 0;
  return predicted.map(({ start, end }) => {
    while (low < gold.length && (reach[low] as number) <= start) low++;
    const found: number[] = [];
    for (let i = low; i < gold.length; i++) {
      const range = gold[i] as TextRange;
      if (range.start >= end) break;
      if (range.end > start) found.push(i);
    }
    return found;
  });
}
