import { counted } from '../../foundation/numbers.ts';
import type { Document, Span } from '../document.ts';
import type { DroppedSpan } from '../spanSelection.ts';

/** What a format cannot hold, besides mentions. */
export interface Loss {
  /** The ID of the document. */
  readonly document: string;
  /** A noun with its count, such as "3 relations". */
  readonly what: string;
}

/** Documents in a format of another tool. `dropped` are the mentions that it cannot hold. */
export interface WrittenFile {
  readonly content: string;
  readonly dropped: readonly DroppedSpan[];
  readonly losses: readonly Loss[];
}

/** Removes the losses that count nothing. */
export function lossesOf(
  document: Pick<Document, 'id'>,
  counts: readonly (readonly [count: number, thing: string])[],
): Loss[] {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, thing]) => ({ document: document.id, what: counted(count, thing) }));
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
