import { UserError } from '../../../foundation/userError.ts';
import type { Attribute, Document } from '../../document.ts';
import { type MentionDraft, placeMentions } from '../../placeMentions.ts';
import type { ReadContext } from '../../readContext.ts';
import { readingNotes } from '../../readingNotes.ts';
import { conceptAttribute } from '../conceptRelations.ts';
import { readMentionItem } from '../json/mentionItem.ts';
import { nameDocuments } from '../nameDocuments.ts';
import type { ColumnRole, Columns } from './columns.ts';
import { parseMentionList } from './mentionList.ts';
import type { Row } from './rows.ts';
import { namesDocuments, readTable } from './table.ts';

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
