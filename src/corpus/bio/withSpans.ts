import type { Document } from '../document.ts';
import { tokenExamples } from '../examples.ts';
import { type BioFile, retagBio } from './file.ts';

/** The file with IOB2 tags for the spans of `document`, which must have the tokens of the file (see `bioToDocument`). */
export function withSpans(file: BioFile, document: Document): BioFile {
  return retagBio(
    file,
    tokenExamples([document]).flatMap(({ tags }) => tags),
  );
}
