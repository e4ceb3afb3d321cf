import { counted } from '../../foundation/numbers.ts';
import type { LineContext } from '../readContext.ts';
import { tagColumnIndex } from './columns.ts';
import { type BioFormat, holdsTags } from './format.ts';
import type { BioTokenLine } from './line.ts';
import { type SampleRow, sampleRows } from './sample.ts';
import { type ColumnKind, kindOfColumn } from './wordColumn.ts';

const chooseColumns =
  'To choose the columns, use --word-column and --tag-column, or "columns" in chartmark.json.';

/** Reports which columns are read if this is not plain from the file. Columns that a person named are not questioned. */
export function reportColumns(
  context: LineContext,
  lines: Iterable<string>,
  format: BioFormat,
  named: { readonly word: boolean; readonly tag: boolean },
): void {
  const { rows, header } = sampleRows(lines);
  const { columns = 0, wordColumn, tagStyle } = format;
  if (tagStyle === 'plain') {
    context.report(
      1,
      'scheme',
      'The tags are labels without B- or I-, so neighbouring tokens with the same label are one mention.',
    );
  }
  const tag = tagColumnIndex(columns, format.tagColumn);
  if (tag === undefined || rows.length === 0) return;
  const word = wordColumn ?? (tag === 0 ? 1 : 0);
  const first = 1 + (header === undefined ? 0 : 1);
  if (!named.word && header === undefined) reportWords(context, first, rows, word, tag);
  if (named.tag || header !== undefined) return;
  const tags = Array.from({ length: columns }, (_, index) => index).filter(
    (index) =>
      index !== word && holdsTags(rows, index, tagStyle) && (index === tag || !holdsChunks(rows, index)),
  );
  if (tags.length < 2 || !tags.includes(tag)) return;
  const list = new Intl.ListFormat('en').format(tags.map((index) => String(index + 1)));
  const message = `Columns ${list} hold tags. Column ${tag + 1} is read.`;
  context.report(first, 'tag-column', message, chooseColumns);
}

const described: Readonly<Record<ColumnKind, string>> = {
  'running numbers': 'holds running numbers',
  'one value for each sentence': 'has the same value for each sentence',
  'empty cells': 'is mostly empty',
  tags: 'holds tags',
  words: 'holds words',
};

function reportWords(
  context: LineContext,
  line: number,
  rows: readonly SampleRow[],
  word: number,
  tag: number,
): void {
  const kind = kindOfColumn(rows, word);
  const skipped = tag === 0 ? 1 : 0;
  if (word !== skipped) {
    const because = `Column ${skipped + 1} ${described[kindOfColumn(rows, skipped)]}`;
    context.report(
      line,
      'word-column',
      `${because}, so the words are read from column ${word + 1}.`,
      chooseColumns,
    );
  } else if (kind === 'running numbers' || (kind === 'one value for each sentence' && rows.length > 5)) {
    context.report(
      line,
      'word-column',
      `The column of the words, ${word + 1}, ${described[kind]}.`,
      chooseColumns,
    );
  }
}

/** The phrases of CoNLL-2000 and CoNLL-2003, whose files have tags for them beside the tags of the names. */
const chunks = new Set('NP VP PP ADVP ADJP SBAR PRT CONJP INTJ LST UCP'.split(' '));

/** Also a column of O alone, which says nothing. */
function holdsChunks(rows: readonly SampleRow[], column: number): boolean {
  const labels = rows.map(({ cells }) => cells[column]?.slice(2) ?? '').filter((label) => label !== '');
  return labels.every((label) => chunks.has(label));
}

/** Reports a line whose columns differ from the others in the file. Fails if this hides words of the text. */
export function reportLineColumns(
  context: LineContext,
  line: number,
  text: string,
  parsed: BioTokenLine,
  format: BioFormat,
): void {
  const { columns = parsed.columns, tagColumn, separator } = format;
  if (separator === 'tab' && !text.includes('\t')) {
    context.report(
      line,
      'separator',
      'Spaces separate the columns here, but tabs do in the rest of the file.',
      'Use a tab.',
    );
  } else if (parsed.columns > columns && (tagColumn < 0 || separator === 'space')) {
    context.fail(
      line,
      'extra-column',
      `This line has ${counted(parsed.columns, 'column')}, but most lines have ${columns}, so some words would be lost.`,
      'Separate the columns by tabs if a token contains spaces, or remove the surplus.',
    );
  } else if (parsed.columns !== columns) {
    const message = `This line has ${counted(parsed.columns, 'column')}, but most lines have ${columns}.`;
    context.report(line, 'column-count', message);
  }
}
