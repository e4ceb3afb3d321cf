import type { TextRange } from '../corpus/document.ts';

/**
 * For each predicted range, the indices of the gold ranges that overlap it, in text order. Both lists must be sorted by
 * start. Takes time linear in the number of ranges and pairs found.
 */
export function overlapsOf(
  gold: readonly TextRange[],
  predicted: readonly TextRange[],
): readonly (readonly number[])[] {
  // reach[i]: the furthest end of gold[0..i].
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
