import type { Span } from '../corpus/document.ts';

/** A replacement in a text: `length` characters from `offset` on gave way to `inserted` new ones. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly inserted: number;
}

/**
 * Moves spans along with one edit of their text. A span whose own characters were touched is gone: what
 * the model saw is no longer there. Typing right before or after a span leaves it as it is.
 */
export function shiftSpans(spans: readonly Span[], edit: TextEdit): readonly Span[] {
  const editEnd = edit.offset + edit.length;
  const by = edit.inserted - edit.length;
  return spans.flatMap((span) => {
    if (span.end <= edit.offset) return [span];
    if (span.start < editEnd || span.start < edit.offset) return [];
    return [moveSpan(span, by)];
  });
}

function moveSpan(span: Span, by: number): Span {
  const move = <R extends { readonly start: number; readonly end: number }>(range: R): R => ({
    ...range,
    start: range.start + by,
    end: range.end + by,
  });
  return span.fragments === undefined
    ? move(span)
    : { ...move(span), fragments: span.fragments.map((fragment) => move(fragment)) };
}
