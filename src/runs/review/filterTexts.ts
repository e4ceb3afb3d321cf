import type { ReviewText } from './reviewText.ts';

/** Which texts are shown. An undefined field does not restrict them. */
export interface ReviewFilter {
  readonly show?: 'accepted' | 'rejected' | 'reviewed' | 'unreviewed' | undefined;
  /** A type that is tagged; an empty string for texts without mentions. */
  readonly label?: string | undefined;
  readonly style?: string | undefined;
  /** The reason for which the run rejected them. */
  readonly reason?: string | undefined;
  /** A part of one of their topics, ignoring case. */
  readonly seed?: string | undefined;
  /** Words that must all be in the text, ignoring case. */
  readonly search?: string | undefined;
}

export function filterTexts(texts: readonly ReviewText[], filter: ReviewFilter): ReviewText[] {
  const seed = filter.seed?.trim().toLowerCase() ?? '';
  const words = (filter.search ?? '').toLowerCase().split(/\s+/u).filter(Boolean);
  return texts.filter(
    (text) =>
      isShown(text, filter.show) &&
      (filter.label === undefined || hasLabel(text, filter.label)) &&
      (filter.style === undefined || text.style === filter.style) &&
      (filter.reason === undefined || text.refusal?.reason === filter.reason) &&
      (seed === '' || text.seeds.some((name) => name.toLowerCase().includes(seed))) &&
      (words.length === 0 || holdsAll(text.now.tagged.text.toLowerCase(), words)),
  );
}

function isShown({ now, reviewed }: ReviewText, show: ReviewFilter['show']): boolean {
  switch (show) {
    case undefined:
      return true;
    case 'accepted':
      return now.isAccepted;
    case 'rejected':
      return !now.isAccepted;
    case 'reviewed':
      return reviewed !== undefined;
    case 'unreviewed':
      return reviewed === undefined;
  }
}

function hasLabel({ now }: ReviewText, label: string): boolean {
  const { mentions } = now.tagged;
  return label === '' ? mentions.length === 0 : mentions.some((mention) => mention.label === label);
}

function holdsAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** The values to filter by, the most frequent first. */
export interface ReviewFacets {
  readonly labels: readonly string[];
  readonly styles: readonly string[];
  readonly reasons: readonly string[];
  readonly seeds: readonly string[];
}

/** The most topics that are offered: more do not help a person who types. */
const mostSeeds = 500;

export function facetsOf(texts: readonly ReviewText[], labels: readonly string[]): ReviewFacets {
  const styles = new Map<string, number>();
  const reasons = new Map<string, number>();
  const seeds = new Map<string, number>();
  for (const { style, refusal, seeds: names } of texts) {
    count(styles, style);
    count(reasons, refusal?.reason ?? '');
    for (const name of names) count(seeds, name);
  }
  return {
    labels,
    styles: byFrequency(styles),
    reasons: byFrequency(reasons),
    seeds: byFrequency(seeds).slice(0, mostSeeds),
  };
}

function count(counts: Map<string, number>, name: string): void {
  if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
}

function byFrequency(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([name]) => name);
}
