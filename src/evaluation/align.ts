import type { Mention } from './mention.ts';
import { overlapsOf } from './overlappingRanges.ts';
import type { ErrorKind } from './report.ts';

/** A gold mention, a predicted mention, or a pair of both, and how they compare. */
export interface Alignment {
  readonly kind: ErrorKind | 'correct';
  readonly gold?: Mention;
  readonly predicted?: Mention;
}

/**
 * Pairs two lists of mentions (in text order), each mention at most once. Equal mentions are paired first, then those
 * that differ only in type, then those that differ only in boundaries (nearest first). Where both differ, one mention is
 * missed and the other spurious.
 */
export function alignMentions(gold: readonly Mention[], predicted: readonly Mention[]): Alignment[] {
  const overlaps = overlapsOf(gold, predicted);
  const takenGold = new Set<number>();
  const pairs = new Map<number, Alignment>();

  const pairUp = (kind: Alignment['kind'], agrees: (g: Mention, p: Mention) => boolean): void => {
    predicted.forEach((mention, p) => {
      if (pairs.has(p)) return;
      const free = (overlaps[p] as readonly number[]).filter(
        (g) => !takenGold.has(g) && agrees(gold[g] as Mention, mention),
      );
      const best = nearestOf(free, (g) => distance(gold[g] as Mention, mention));
      if (best === undefined) return;
      takenGold.add(best);
      pairs.set(p, { kind, gold: gold[best] as Mention, predicted: mention });
    });
  };
  pairUp('correct', (g, p) => g.place === p.place && g.label === p.label);
  pairUp('type', (g, p) => g.place === p.place);
  pairUp('boundary', (g, p) => g.label === p.label);

  const missed = gold
    .filter((_, g) => !takenGold.has(g))
    .map((mention) => ({ kind: 'missed' as const, gold: mention }));
  const rest = predicted.map(
    (mention, p) => pairs.get(p) ?? { kind: 'spurious' as const, predicted: mention },
  );
  return [...rest, ...missed].sort((a, b) => startOf(a) - startOf(b));
}

/** The distance between the boundaries of two mentions, both ends added, in characters other than white space. */
export function distance(a: Mention, b: Mention): number {
  return Math.abs(a.ink.start - b.ink.start) + Math.abs(a.ink.end - b.ink.end);
}

/** The candidate with the smallest distance; the first if several are equally near. */
export function nearestOf(
  candidates: readonly number[],
  distanceOf: (candidate: number) => number,
): number | undefined {
  let best: number | undefined;
  for (const candidate of candidates) {
    if (best === undefined || distanceOf(candidate) < distanceOf(best)) best = candidate;
  }
  return best;
}

function startOf({ gold, predicted }: Alignment): number {
  return gold?.start ?? predicted?.start ?? 0;
}
