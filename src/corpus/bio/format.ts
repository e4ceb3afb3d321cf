import { nearlyAll } from '../nearlyAll.ts';
import { tagColumnIndex } from './columns.ts';
import { headerColumns, type SampleRow, sampleRows } from './sample.ts';
import { parseTag, type TagStyle } from './tag.ts';
import { findWordColumn } from './wordColumn.ts';

/** The layout of the lines in a BIO file. */
export interface BioFormat {
  readonly separator: 'tab' | 'space';
  /** Counts from 0, or from the end if negative: -1 is the last column. */
  readonly tagColumn: number;
  /** Counts from 0. If undefined, the word is in column 0, or in column 1 if the tag is in column 0. */
  readonly wordColumn?: number;
  /** How many columns most token lines have, if known. */
  readonly columns?: number;
  /** How the tags are written; with a prefix if undefined. */
  readonly tagStyle?: TagStyle;
  /** A first line that names the columns, unchanged. */
  readonly header?: string;
}

/** What a person says about the layout of files: the columns of words and tags in BIO files, counted from 1. Detected where undefined. */
export interface LayoutChoice {
  readonly wordColumn?: number | undefined;
  readonly tagColumn?: number | undefined;
  /** What numbers mean as tags, in their order. */
  readonly tagNames?: readonly string[] | undefined;
}

const defaultBioFormat: BioFormat = { separator: 'tab', tagColumn: -1 };

/**
 * Guesses the layout from the first lines with columns. The tag column is the last one, unless another column has tags
 * on at least nine out of ten lines and the last one does not. The word column is the first one that does not hold
 * running numbers or the name of a sentence or file (see `findWordColumn`). `styles`: how tags may be written, the most
 * likely first.
 */
export function detectBioFormat(
  lines: Iterable<string>,
  choice: LayoutChoice = {},
  styles: readonly TagStyle[] = certainStyles,
): BioFormat {
  const sample = sampleRows(lines);
  if (sample.rows.length === 0) return { ...defaultBioFormat, ...chosen(choice) };
  const { separator, rows, header } = sample;
  const columns = mostFrequent(rows.map(({ cells }) => cells.length));
  const named = header === undefined ? undefined : headerColumns(header.cells);
  const known = chosen(choice).tagColumn ?? named?.tag;
  const { tagColumn, tagStyle } = findTags(rows, columns, known, styles);
  const wordColumn =
    chosen(choice).wordColumn ?? named?.word ?? findWordColumn(rows, tagColumnIndex(columns, tagColumn));
  return {
    separator,
    tagColumn,
    ...(wordColumn === undefined ? {} : { wordColumn }),
    columns,
    ...(tagStyle === 'prefix' ? {} : { tagStyle }),
    ...(header === undefined ? {} : { header: header.line }),
  };
}

function chosen({
  wordColumn,
  tagColumn,
}: LayoutChoice): Partial<Pick<BioFormat, 'wordColumn' | 'tagColumn'>> {
  return {
    ...(wordColumn === undefined ? {} : { wordColumn: wordColumn - 1 }),
    ...(tagColumn === undefined ? {} : { tagColumn: tagColumn - 1 }),
  };
}

/** Styles that cannot be mistaken for other columns. */
const certainStyles: readonly TagStyle[] = ['prefix', 'underscore', 'suffix'];

/** All styles, for files whose extension says that they have tags. */
export const allStyles: readonly TagStyle[] = [...certainStyles, 'plain'];

/** The column of the tags, if not known, and their style. */
function findTags(
  rows: readonly SampleRow[],
  columns: number,
  known: number | undefined,
  styles: readonly TagStyle[],
): { readonly tagColumn: number; readonly tagStyle: TagStyle } {
  const candidates =
    known === undefined
      ? [-1, ...Array.from({ length: columns }, (_, index) => columns - 1 - index)]
      : [known];
  for (const tagStyle of styles) {
    const tagColumn = candidates.find((column) =>
      tagStyle === 'plain' ? holdsLabels(rows, column) : holdsTags(rows, column, tagStyle),
    );
    if (tagColumn !== undefined) return { tagColumn, tagStyle };
  }
  return { tagColumn: known ?? -1, tagStyle: 'prefix' };
}

/** Whether at least nine out of ten lines have a tag of a style in a column. */
export function holdsTags(rows: readonly SampleRow[], column: number, style: TagStyle = 'prefix'): boolean {
  return nearlyAll(rows, ({ cells }) => {
    const index = tagColumnIndex(cells.length, column);
    return index !== undefined && parseTag(cells[index] ?? '', style) !== undefined;
  });
}

const mostLabels = 50;

/** Whether a column has O on some lines, and few different labels of one word on all others. */
function holdsLabels(rows: readonly SampleRow[], column: number): boolean {
  const cells = cellsOf(rows, column);
  const labels = new Set(cells.filter((cell) => cell !== 'O'));
  return (
    cells.length === rows.length &&
    cells.includes('O') &&
    labels.size > 0 &&
    labels.size <= mostLabels &&
    [...labels].every((label) => /^\p{L}[\p{L}\p{N}_.:-]*$/u.test(label)) &&
    labels.size * 2 < rows.length
  );
}

function cellsOf(rows: readonly SampleRow[], column: number): readonly string[] {
  return rows.flatMap(({ cells }) => {
    const index = tagColumnIndex(cells.length, column);
    return index === undefined ? [] : [cells[index] ?? ''];
  });
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  let best = values[0] ?? 0;
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > (counts.get(best) ?? 0)) best = value;
  }
  return best;
}
