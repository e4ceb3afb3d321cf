import { counted } from '../../foundation/numbers.ts';
import type { Document } from '../document.ts';
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
  readonly kept: Document['spans'];
  readonly dropped: readonly DroppedSpan[];
} {
  const isSplit = ({ fragments = [] }: Document['spans'][number]): boolean => fragments.length > 1;
  const dropped = document.spans
    .filter(isSplit)
    .map((span) => ({ document: document.id, span, reason: 'discontinuous' }) as const);
  return { kept: document.spans.filter((span) => !isSplit(span)), dropped };
}
