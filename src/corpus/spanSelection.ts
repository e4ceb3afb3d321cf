import type { Document, Span, TextRange } from './document.ts';

/** Why a span cannot be written as tags. */
type DropReason = 'discontinuous' | 'nested' | 'overlapping' | 'crosses a sentence' | 'inside a token';

export interface DroppedSpan {
  /** The ID of the document. */
  readonly document: string;
  readonly span: Span;
  readonly reason: DropReason;
}

/**
 * The spans of a document that tags can represent, in text order, and the others. If two spans overlap, the one that
 * begins first is kept; if they begin together, the longer one. Equal spans are one.
 */
export function selectFlatSpans(document: Document): { flat: Span[]; dropped: DroppedSpan[] } {
  const flat: Span[] = [];
  const dropped: DroppedSpan[] = [];
  let last: TextRange & { readonly label?: string } = { start: 0, end: 0 };
  for (const span of document.spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const reason = reasonAgainst(span, last);
    if (reason === undefined) {
      flat.push(span);
      last = span;
    } else if (!isEqual(span, last)) {
      dropped.push({ document: document.id, span, reason });
    }
  }
  return { flat, dropped };
}

function isEqual(a: Span, b: TextRange & { readonly label?: string }): boolean {
  return a.fragments === undefined && a.start === b.start && a.end === b.end && a.label === b.label;
}

function reasonAgainst(span: Span, last: TextRange): DropReason | undefined {
  if (span.fragments !== undefined && span.fragments.length > 1) return 'discontinuous';
  if (span.start >= last.end) return undefined;
  return span.end <= last.end ? 'nested' : 'overlapping';
}
