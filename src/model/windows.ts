/** Words `[start, end)` that are run together; labels are taken only for the words `[useStart, useEnd)`. */
export interface Window {
  readonly start: number;
  readonly end: number;
  readonly useStart: number;
  readonly useEnd: number;
}

/** The share of a window that the next one repeats, so that a word at its edge has context on both sides. */
const overlap = 0.25;

/**
 * Cuts a sentence into windows of at most `capacity` tokens, between words; most sentences fit into one. `tokenCounts`
 * has the number of tokens of each word. Where two windows overlap, each word is taken from the one with more context
 * around it. A word of more than `capacity` tokens is a window by itself.
 */
export function sentenceWindows(tokenCounts: readonly number[], capacity: number): Window[] {
  const ranges: { start: number; end: number }[] = [];
  let start = 0;
  let end = 0;
  while (end < tokenCounts.length) {
    end = reach(tokenCounts, start, capacity);
    ranges.push({ start, end });
    start = nextStart(tokenCounts, start, end, capacity);
  }
  return ranges.map(({ start: from, end: to }, i) => {
    const before = ranges[i - 1];
    const after = ranges[i + 1];
    return {
      start: from,
      end: to,
      useStart: before === undefined ? from : middle(from, before.end),
      useEnd: after === undefined ? to : middle(after.start, to),
    };
  });
}

/** The end of the longest run of words from `start` that fits; at least one word. */
function reach(tokenCounts: readonly number[], start: number, capacity: number): number {
  let end = start;
  let tokens = 0;
  while (end < tokenCounts.length) {
    tokens += tokenCounts[end] as number;
    if (tokens > capacity && end > start) break;
    end++;
  }
  return end;
}

/** Goes back from `end` over the words to repeat, but stays after `start`, and the next window ends after `end`. */
function nextStart(tokenCounts: readonly number[], start: number, end: number, capacity: number): number {
  let next = end;
  let tokens = 0;
  while (next - 1 > start) {
    tokens += tokenCounts[next - 1] as number;
    if (tokens > capacity * overlap) break;
    next--;
  }
  while (next < end && reach(tokenCounts, next, capacity) <= end) next++;
  return next;
}

function middle(start: number, end: number): number {
  return Math.floor((start + end) / 2);
}
