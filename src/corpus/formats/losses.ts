import type { Document, Span } from '../document.ts';
import type { DroppedSpan } from '../spanSelection.ts';

/** Something besides mentions that a format cannot hold (a noun in the singular), and how often it occurs. */
export interface Loss {
  readonly what: string;
  readonly count: number;
}

/** Documents in a format of another tool. `dropped` are the mentions that it cannot hold. */
export interface WrittenFile {
  readonly content: string;
  readonly dropped: readonly DroppedSpan[];
  readonly losses: readonly Loss[];
}

/** Adds up losses of the same kind, and removes those that count nothing. */
export function sumLosses(losses: readonly Loss[]): readonly Loss[] {
  const sums = new Map<string, number>();
  for (const { what, count } of losses) sums.set(what, (sums.get(what) ?? 0) + count);
  return Array.from(sums, ([what, count]) => ({ what, count })).filter(({ count }) => count > 0);
}

/** The mentions that a format with one range for each mention can hold, and the discontinuous ones. */
export function continuousSpans(document: Document): {
  readonly kept: readonly Span[];
  readonly dropped: readonly DroppedSpan[];
} {
  const dropped = document.spans
    .filter(isSplit)
    .map((span) => ({ document: document.id, span, reason: 'discontinuous' }) as const);
  return { kept: document.spans.filter((span) => !isSplit(span)), dropped };
}

function isSplit({ fragments = [] }: Span): boolean {
  return fragments.length > 1;
}
