import path from 'node:path';
import { bioToDocument } from '../corpus/bio/document.ts';
import { parseBio } from '../corpus/bio/file.ts';
import { readUtf8 } from '../corpus/decode.ts';
import type { TextRange } from '../corpus/document.ts';
import { readDocuments } from '../corpus/read.ts';
import { sniffFormat } from '../corpus/sniff.ts';
import type { Report, ReportError } from '../evaluation/report.ts';
import { UserError } from '../foundation/userError.ts';
import { newReading } from '../runs/runFolders.ts';

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
  for (const source of sources.gold) {
    const file = path.resolve(folder, source);
    if (areRows && sources.gold.length === 1) return { file, kind: 'lines', first: line - 1, last: line - 1 };
    const documents = areRows ? [] : await readDocuments([file], newReading());
    const index = documents.findIndex(({ id }) => id === document);
    if (index === -1) continue;
    const format = sniffFormat(file, await readUtf8(file));
    if (format === 'bio') return { file, kind: 'lines', ...(await bioLines(file, { start, end })) };
    // JSONL has one document on each line.
    return format === 'jsonl'
      ? { file, kind: 'lines', first: index, last: index }
      : { file, kind: 'offsets', start, end };
  }
  throw new UserError('The text of this error is no longer where the report says.', {
    nextStep: 'Evaluate again.',
  });
}

/** Offsets in the tokens joined by blanks, as lines of the file. */
async function bioLines(
  file: string,
  { start, end }: TextRange,
): Promise<{ readonly first: number; readonly last: number }> {
  const bio = parseBio(await readUtf8(file), { file });
  const { tokens = [] } = bioToDocument(bio, '');
  const first = bio.tokens[tokens.findIndex((token) => token.end > start)]?.line ?? 0;
  const last = bio.tokens[tokens.findLastIndex((token) => token.start < end)]?.line ?? first;
  return { first, last };
}
