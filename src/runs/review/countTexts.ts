import { setImmediate as nextTurn } from 'node:timers/promises';
import { splitWords } from '../../corpus/words.ts';
import { nearDuplicateIndex } from '../../corpus/similarity/nearDuplicates.ts';
import { sketchOf } from '../../corpus/similarity/shingles.ts';
import type { ReviewStatistics } from './reviewStatistics.ts';
import type { ReviewText } from './reviewText.ts';

/** Texts per turn of the event loop, which takes at most a tenth of a second. */
const textsPerTurn = 500;
const mostBars = 24;

/** Counts the accepted texts. Other work of this thread can run in between. */
export async function countTexts(
  all: readonly ReviewText[],
  labels: readonly string[],
): Promise<ReviewStatistics> {
  const ofLabel = new Map(
    labels.map((label) => [label, { mentions: 0, texts: 0, names: new Set<string>() }]),
  );
  const index = nearDuplicateIndex();
  const shingles: Uint32Array[] = [];
  const lengths: number[] = [];
  let withoutMentions = 0;
  let nearDuplicates = 0;
  const texts = all.filter(({ now }) => now.isAccepted).map(({ now }) => now.tagged);
  for (const [at, { text, mentions }] of texts.entries()) {
    if (at % textsPerTurn === 0) await nextTurn();
    lengths.push(splitWords(text).length);
    if (mentions.length === 0) withoutMentions++;
    for (const label of new Set(mentions.map((mention) => mention.label))) {
      const count = ofLabel.get(label);
      if (count !== undefined) count.texts++;
    }
    for (const { start, end, label } of mentions) {
      const count = ofLabel.get(label);
      if (count === undefined) continue;
      count.mentions++;
      count.names.add(text.slice(start, end).toLowerCase());
    }
    shingles.push(sketchOf(text).shingles);
    if (index.find(text) !== undefined) nearDuplicates++;
    index.add(text);
  }
  const sorted = lengths.toSorted((a, b) => a - b);
  const quantile = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? 0;
  return {
    texts: texts.length,
    words: [quantile(0), quantile(0.25), quantile(0.5), quantile(0.75), quantile(1)],
    lengths: histogram(sorted),
    labels: [...ofLabel].map(([label, { mentions, texts: ofTexts, names }]) => ({
      label,
      mentions,
      names: names.size,
      texts: ofTexts,
    })),
    withoutMentions,
    novelRuns: shareOfSingles(shingles),
    nearDuplicates,
  };
}

/** A histogram with bars of whole words. Its last bar has the longest 1 %, so that one long text does not flatten it. */
function histogram(sorted: readonly number[]): ReviewStatistics['lengths'] {
  const most = sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0;
  const width = Math.max(1, Math.ceil((most + 1) / mostBars));
  const counts = Array.from({ length: Math.floor(most / width) + 1 }, () => 0);
  for (const length of sorted) {
    const bar = Math.min(counts.length - 1, Math.floor(length / width));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return { width, counts };
}

/** The share of distinct values that are in only one list. No list has a value twice. */
function shareOfSingles(lists: readonly Uint32Array[]): number {
  const all = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  all.sort();
  let different = 0;
  let single = 0;
  for (let i = 0; i < all.length; i++) {
    if (i > 0 && all[i] === all[i - 1]) continue;
    different++;
    if (all[i] !== all[i + 1]) single++;
  }
  return different === 0 ? 0 : single / different;
}
