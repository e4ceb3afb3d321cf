import { type BioFile } from '../../corpus/bio/file.ts';
import type { Document, Span } from '../../corpus/document.ts';

/**
 * Spans of the document that a BIO file stands for, moved to the file's own text: from the first token to
 * the end of the last tag. `document` and `file` have the same tokens.
 */
export function retaggedSpans(document: Document, file: BioFile): Span[] {
  const byStart = new Map((document.tokens ?? []).map(({ start }, index) => [start, index]));
  const byEnd = new Map((document.tokens ?? []).map(({ end }, index) => [end, index]));
  return document.spans.flatMap((span) => {
    const first = file.tokens[byStart.get(span.start) ?? -1];
    const last = file.tokens[byEnd.get(span.end) ?? -1];
    return first === undefined || last === undefined
      ? []
      : [{ ...span, start: first.start, end: Math.max(last.end, last.tagEnd) }];
  });
}
