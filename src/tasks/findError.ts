import path from 'node:path';
import { bioToDocuments } from '../corpus/bio/document.ts';
import { type BioFile, parseBio } from '../corpus/bio/file.ts';
import { readUtf8 } from '../corpus/decode.ts';
import type { TextRange } from '../corpus/document.ts';
import { parseJsonl } from '../corpus/jsonl.ts';
import { readDocuments } from '../corpus/read.ts';
import { sniffFormat } from '../corpus/sniff.ts';
import type { Report, ReportError } from '../evaluation/report.ts';
import { UserError } from '../foundation/userError.ts';
import { projectReading } from './projectReading.ts';

/** Where an error of a report lies in its gold file: on lines (from 0, both included), or at UTF-16 offsets. */
export type ErrorPlace = { readonly file: string } & (
  | { readonly kind: 'lines'; readonly first: number; readonly last: number }
  | ({ readonly kind: 'offsets' } & TextRange)
);

/** Finds an error of a report whose sources are named as seen from `folder`. Throws `UserError` if it is not there. */
export async function findError(
  { sources, task, scheme }: Report,
  folder: string,
  { document, line, start, end }: Pick<ReportError, 'document' | 'line' | 'start' | 'end'>,
): Promise<ErrorPlace> {
  const areRows = task === 're' && scheme === 'rows';
  const reading = await projectReading(folder);
  for (const given of sources.gold) {
    const file = path.resolve(folder, given);
    if (areRows && sources.gold.length === 1) return { file, kind: 'lines', first: line - 1, last: line - 1 };
    const documents = areRows ? [] : await readDocuments([file], reading);
    const index = documents.findIndex(({ id }) => id === document);
    if (index === -1) continue;
    const source = await readUtf8(file);
    const format = sniffFormat(file, source);
    if (format === 'bio') {
      const lines = bioLines(parseBio(source, { file, layout: reading.layoutOf?.(file) }), index, {
        start,
        end,
      });
      return { file, kind: 'lines', ...lines };
    }
    if (format === 'jsonl') return { file, kind: 'lines', ...jsonLine(source, file, document) };
    // Where the text of a document begins in such a file is not known.
    if (format === 'other') return { file, kind: 'lines', first: 0, last: 0 };
    // Annotations that are in a file beside their text.
    const text = format === 'text' ? file : file.replace(/\.[^.]*$/u, '.txt');
    return { file: text, kind: 'offsets', start, end };
  }
  throw new UserError('The text of this error is no longer where the report says.', {
    nextStep: 'Evaluate again.',
  });
}

/** The line of a record in a JSONL file. Not every line is a document: some are left out, or joined with earlier ones. */
function jsonLine(
  source: string,
  file: string,
  id: string,
): { readonly first: number; readonly last: number } {
  let first: number | undefined;
  parseJsonl(source, {
    file,
    onDocument(document, line) {
      if (document.id === id) first ??= line - 1;
    },
  });
  return { first: first ?? 0, last: first ?? 0 };
}

/** The lines of a BIO file for offsets in one of its documents, whose tokens are joined by spaces. */
function bioLines(
  bio: BioFile,
  document: number,
  { start, end }: TextRange,
): { readonly first: number; readonly last: number } {
  const documents = bioToDocuments(bio, '');
  const before = documents.slice(0, document).reduce((sum, { tokens = [] }) => sum + tokens.length, 0);
  const tokens = documents[document]?.tokens ?? [];
  const lineOf = (token: number): number | undefined =>
    token === -1 ? undefined : bio.tokens[before + token]?.line;
  const first = lineOf(tokens.findIndex((token) => token.end > start)) ?? 0;
  const last = lineOf(tokens.findLastIndex((token) => token.start < end)) ?? first;
  return { first, last };
}
