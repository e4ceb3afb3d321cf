import type { BioFile } from '../corpus/bio/file.ts';
import type { Document, TextRange } from '../corpus/document.ts';
import type { IdentifierFinding } from '../privacy/identifierKinds.ts';
import { findInTokens } from '../privacy/tokenBlanks.ts';

/** A text that is open in an editor. */
export interface OpenText {
  readonly document: Document;
  /** The file that the document was made from; undefined if the file holds the text itself. */
  readonly bio?: BioFile;
}

/** What in a text looks like an identifier of a person, with its place in the file. */
export function findIdentifiers(text: OpenText): readonly IdentifierFinding[] {
  return findInTokens(text.document.text).map((finding) => {
    const { start, end } = rangeInFile(text, finding);
    return { kind: finding.kind, start, end };
  });
}

/** Where a range of the document's text is in the file. */
export function rangeInFile({ document, bio }: OpenText, { start, end }: TextRange): TextRange {
  if (bio === undefined) return { start, end };
  const tokens = document.tokens ?? [];
  const first = bio.tokens[tokens.findIndex((token) => token.end > start)];
  const last = bio.tokens[tokens.findLastIndex((token) => token.start < end)];
  return { start: first?.start ?? 0, end: last?.end ?? first?.end ?? 0 };
}
