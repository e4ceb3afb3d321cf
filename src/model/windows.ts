/** Words `[start, end)` that run together; of these, `[useStart, useEnd)` are taken from this run. */
export interface Window {
  readonly start: number;
  readonly end: number;
  readonly useStart: number;
  readonly useEnd: number;
}

/** How much of a window the next one repeats, so that a word at its edge has context on both sides. */
const overlap = 0.25;

/**
 * Cuts a sentence into windows of at most `capacity` tokens, at word borders; mostly one holds it all.
 * `tokenCounts` says how many tokens each word has. Where two windows overlap, each word is taken from the
 * one that shows more of its surroundings. A word of more than `capacity` tokens is a window of its own.
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

/** Goes back from `end` over the words to repeat, but always comes further than `start` and than `end` did. */
function nextStart(tokenCounts: readonly number[], start: number, end: number, capacity: number): number {
  let next = end;
  let tokens = 0;
  while (next - 1 > start) {
    tokens += tokenCounts[next - 1] as number;
    if (tokens > capacity * overlap) break;
    next--;
  }
  // The next window must reach past this one's end, or it would add nothing.
  while (next < end && reach(tokenCounts, next, capacity) <= end) next++;
  return next;
}

function middle(start: number, end: number): number {
  return Math.floor((start + end) / 2);
}
