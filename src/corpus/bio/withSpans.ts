import type { Document, Span } from '../document.ts';
import { tokenExamples } from '../examples.ts';
import { type BioFile, retagBio } from './file.ts';

/** The file with IOB2 tags for the spans of `document`, which must have the tokens of the file (see `bioToDocument`). */
export function withSpans(file: BioFile, document: Document): BioFile {
  return retagBio(
    file,
    tokenExamples([document]).flatMap(({ tags }) => tags),
  );
}

/**
 * The spans of a BIO file's document as ranges of the file itself: each from its first token to the end of its last tag.
 * `document` and `file` must have the same tokens.
 */
export function spansInFile(document: Document, file: BioFile): Span[] {
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
