import type { Document } from '../../document.ts';
import { codePointOffsets } from '../../offsets.ts';
import { conceptAttribute } from '../conceptRelations.ts';
import { continuousSpans, sumLosses, type WrittenFile } from '../losses.ts';
import { hasRole } from './columns.ts';

/**
 * Writes a table (CSV, RFC 4180) with one mention in each row: document, text, start, end (in code points), label, words,
 * and a column for each attribute. A text without a mention has one row. Lost are discontinuous mentions, relations, and
 * attributes of relations or with the name of another column.
 */
export function formatCsv(documents: readonly Document[]): WrittenFile {
  const names = attributeNames(documents);
  const header = ['document', 'text', 'start', 'end', 'label', 'words', ...names];
  const written = documents.map((document) => formatOne(document, names));
  return {
    content: [header, ...written.flatMap(({ rows }) => rows)].map(line).join(''),
    dropped: written.flatMap(({ dropped }) => dropped),
    losses: sumLosses(written.flatMap(({ losses }) => losses)),
  };
}

function formatOne(
  document: Document,
  names: readonly string[],
): { readonly rows: readonly (readonly string[])[] } & Pick<WrittenFile, 'dropped' | 'losses'> {
  const { id, text, attributes, relations } = document;
  const offsets = codePointOffsets(text);
  const { kept, dropped } = continuousSpans(document);
  const columns = new Set(names);
  const values = new Map<string, Map<string, string>>(kept.map((span) => [span.id, new Map()]));
  let lost = 0;
  for (const { target, name, value } of attributes) {
    const own = values.get(target);
    if (own === undefined || own.has(name) || !columns.has(name)) lost++;
    else own.set(name, value ?? 'true');
  }
  const rows = kept.map(({ id: target, start, end, label }) =>
    [
      id,
      text,
      String(offsets.toCodePoint(start)),
      String(offsets.toCodePoint(end)),
      label,
      text.slice(start, end),
    ].concat(names.map((name) => values.get(target)?.get(name) ?? '')),
  );
  return {
    rows: rows.length === 0 ? [[id, text, '', '', '', ''].concat(names.map(() => ''))] : rows,
    dropped,
    losses: [
      { what: 'relation', count: relations.length },
      { what: 'attribute', count: lost },
    ],
  };
}

/** The attributes that get a column: not those that a reader would take for another column. */
function attributeNames(documents: readonly Document[]): readonly string[] {
  const names = new Set(documents.flatMap(({ attributes }) => attributes.map(({ name }) => name)));
  return [...names].filter(
    (name) => name === conceptAttribute || (name.trim() === name && name !== '' && !hasRole(name)),
  );
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\n`;
}

function cell(text: string): string {
  return /[",;\t\r\n|]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
