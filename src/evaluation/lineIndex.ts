/** The number of the line, counted from 1, that holds `offset` (UTF-16). For one question; see `lineIndex`. */
export function lineAt(text: string, offset: number): number {
  return lineIndex(text)(offset);
}

/** Answers on which line (from 1) an offset lies; one pass over the text, then a binary search each. */
export function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => lastAtOrBefore(starts, offset) + 1;
}

/** The index of the last of the sorted values that isn't above `value`; 0 when all are. */
export function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
