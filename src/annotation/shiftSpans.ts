import type { Span } from '../corpus/document.ts';

/** An edit of a text: `length` characters at `offset` were replaced by `inserted` new ones (UTF-16 units). */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly inserted: number;
}

/**
 * Moves spans along with an edit of their text. A span whose characters were changed is removed, because the model saw
 * another text. Typing directly before or after a span keeps it.
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
