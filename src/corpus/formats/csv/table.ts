import { UserError } from '../../../foundation/userError.ts';
import { parseTag } from '../../bio/tag.ts';
import { lineTexts } from '../../lines.ts';
import { type Columns, findColumns, holdsMentions } from './columns.ts';
import { readRows, type Row, separators } from './rows.ts';

/**
 * Whether the first lines are those of a table with mentions: a header that names a start, an end, a label and a text (or
 * words, or a document), or a text and a list of mentions.
 */
export function looksLikeCsv(head: string): boolean {
  const [header = '', first = ''] = [...firstLines(head)];
  return separators.some((separator) => {
    if (!header.includes(separator)) return false;
    const [names, cells] = [splitLine(header, separator), splitLine(first, separator)];
    const columns = findColumns(names, cells);
    if (!holdsMentions(columns)) return false;
    // Token lines with offsets may have such a header, too; their last column has tags.
    return columns.text !== undefined || parseTag(cells[columns.label ?? -1] ?? '') === undefined;
  });
}

function* firstLines(head: string): Generator<string> {
  let count = 0;
  for (const line of lineTexts(head)) {
    if (line.trim() === '') continue;
    yield line;
    if (++count === 2) return;
  }
}

/** Cells of a line, well enough to recognise a header. */
function splitLine(line: string, separator: string): readonly string[] {
  return line.split(separator).map((cell) => cell.trim().replaceAll('"', ''));
}

/** A table of mentions. */
interface Table {
  readonly header: readonly string[];
  readonly rows: readonly Row[];
  readonly columns: Columns;
}

/** The rows of a table and its columns. Throws `UserError` if it has no text. */
export function readTable(source: string, file: string): Table {
  const [line = ''] = [...firstLines(source)];
  const separator = separators.toSorted((a, b) => line.split(b).length - line.split(a).length)[0] ?? ',';
  const [header, ...rows] = readRows(source, separator, file);
  const names = header?.cells ?? [];
  const columns = findColumns(names, rows[0]?.cells ?? []);
  if (columns.text === undefined || !holdsMentions(columns) || holdsWordsOnly(rows, columns)) {
    throw new UserError('This table has no column with the texts of its mentions.', {
      place: { file, line: header?.line ?? 1 },
      nextStep:
        'Name the columns "text", "start", "end" and "label"; "text" is the whole text, from which the offsets count.',
    });
  }
  return { rows, columns, header: names.map((name) => name.trim()) };
}

/** Whether what could be the text is too short for every mention, because it is a name or the words of the mention. */
function holdsWordsOnly(rows: readonly Row[], { text, start, end, words }: Columns): boolean {
  if (start === undefined || end === undefined || text === undefined || words !== undefined) return false;
  const filled = rows.filter(({ cells }) => (cells[start] ?? '') !== '');
  const isShort = ({ cells }: Row): boolean => {
    const length = cells[text]?.length ?? 0;
    return length < Number(cells[end]) || length === Number(cells[end]) - Number(cells[start]);
  };
  return filled.some(({ cells }) => Number(cells[start]) > 0) && filled.every(isShort);
}

/** Whether the column of document IDs tells documents apart. One that is just called "id" may count the rows. */
export function namesDocuments(
  rows: readonly Row[],
  { document, text }: Columns,
  header: readonly string[],
): boolean {
  if (document === undefined || text === undefined) return false;
  if (header[document]?.toLowerCase() !== 'id') return true;
  const count = (index: number): number => new Set(rows.map(({ cells }) => cells[index])).size;
  return count(document) < rows.length || count(text) === rows.length;
}
