import { UserError } from '../../../foundation/userError.ts';
import { parseTag } from '../../bio/tag.ts';
import type { Attribute, Document } from '../../document.ts';
import { lineTexts } from '../../lines.ts';
import type { MentionDraft } from '../../placeMentions.ts';
import { placeMentions } from '../../placeMentions.ts';
import type { ReadContext } from '../../readContext.ts';
import { readingNotes } from '../../readingNotes.ts';
import { conceptAttribute } from '../conceptRelations.ts';
import { readMentionItem } from '../json/mentionItem.ts';
import { nameDocuments } from '../nameDocuments.ts';
import { type ColumnRole, type Columns, findColumns, holdsMentions } from './columns.ts';
import { parseMentionList } from './mentionList.ts';
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

interface TableDocument {
  readonly id: string | undefined;
  readonly text: string;
  readonly drafts: MentionDraft[];
  readonly attributes: Attribute[];
  readonly others: Map<string, string>;
}

/**
 * Reads a table with one mention in each row: columns for the text, start, end (in code points) and label, under their
 * usual names, and perhaps for the document, the words and the concept. Rows with the same document and text are one
 * document. Other columns become attributes of the mention. A table with one text in each row may hold the mentions as a
 * list. Throws `UserError` with the line.
 */
export function parseCsv(source: string, context: ReadContext): Document[] {
  const { rows, columns, header } = readTable(source, context.file);
  const documents = new Map<string, TableDocument>();
  const known = new Set(Object.values(columns));
  const isDocumentId = namesDocuments(rows, columns, header);
  let last = { id: '', text: '' };
  for (const row of rows) {
    const cell = (role: ColumnRole): string => row.cells[columns[role] ?? -1] ?? '';
    const id = isDocumentId ? cell('document') : '';
    // A text that is long may be given in the first row of its document only.
    const text = cell('text') === '' && id === last.id ? last.text : cell('text');
    last = { id, text };
    const key = JSON.stringify([id, text]);
    const document = documents.get(key) ?? {
      id: id === '' ? cell('document') || undefined : id,
      text,
      drafts: [],
      attributes: [],
      others: new Map(),
    };
    documents.set(key, document);
    const others = header.flatMap((name, index) => {
      const value = row.cells[index] ?? '';
      return known.has(index) || value === '' || name === '' ? [] : [[name, value] as const];
    });
    addMentions(document, row, cell, columns, others, context.file);
  }
  const notes = readingNotes(context);
  const read = [...documents.values()].map(({ id, text, drafts, attributes, others }) => ({
    id,
    text,
    spans: placeMentions(text, drafts, notes),
    relations: [],
    attributes,
    meta: Object.fromEntries(others),
  }));
  notes.report();
  return nameDocuments(read, context);
}

function readTable(
  source: string,
  file: string,
): { readonly rows: readonly Row[]; readonly columns: Columns; readonly header: readonly string[] } {
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
function namesDocuments(
  rows: readonly Row[],
  { document, text }: Columns,
  header: readonly string[],
): boolean {
  if (document === undefined || text === undefined) return false;
  if (header[document]?.toLowerCase() !== 'id') return true;
  const count = (index: number): number => new Set(rows.map(({ cells }) => cells[index])).size;
  return count(document) < rows.length || count(text) === rows.length;
}

function addMentions(
  document: TableDocument,
  { line }: Row,
  cell: (role: ColumnRole) => string,
  columns: Columns,
  others: readonly (readonly [string, string])[],
  file: string,
): void {
  const { drafts, attributes } = document;
  if (columns.list !== undefined) {
    const items = cell('list') === '' ? [] : parseMentionList(cell('list'));
    if (items === undefined)
      throw brokenRow('its list of mentions is not [[start, end, "label"]]', file, line);
    for (const item of items)
      drafts.push({ ...readMentionItem(item, file, line), id: `T${drafts.length + 1}` });
  }
  const [start, end, label] = [cell('start').trim(), cell('end').trim(), cell('label').trim()];
  if (`${start}${end}` === '') {
    for (const [name, value] of others) document.others.set(name, value);
    return;
  }
  const offset = /^\d{1,15}(?:\.0{0,3})?$/u;
  if (!offset.test(start) || !offset.test(end))
    throw brokenRow('start and end are not whole numbers', file, line);
  if (label === '') throw brokenRow('the mention has no label', file, line);
  const target = `T${drafts.length + 1}`;
  const range = { start: Number(start), end: Number(end) };
  drafts.push({ id: target, label, ranges: [range], words: cell('words'), line });
  for (const [name, value] of [[conceptAttribute, cell('concept').trim()] as const, ...others]) {
    if (value !== '') attributes.push({ id: `A${attributes.length + 1}`, target, name, value });
  }
}

function brokenRow(reason: string, file: string, line: number): UserError {
  return new UserError(`This row of the table cannot be read: ${reason}.`, {
    place: { file, line },
    nextStep: 'Correct the row, or leave start, end and label empty if the text has no mention.',
  });
}
