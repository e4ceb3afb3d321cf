import { tagColumnIndex } from './columns.ts';
import { headerColumns, type SampleRow, sampleRows } from './sample.ts';
import { parseTag } from './tag.ts';
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
  /** A first line that names the columns, unchanged. */
  readonly header?: string;
}

/** Which columns hold the words and the tags, counted from 1, as a person says it. Detected where undefined. */
export interface ColumnChoice {
  readonly wordColumn?: number | undefined;
  readonly tagColumn?: number | undefined;
}

const defaultBioFormat: BioFormat = { separator: 'tab', tagColumn: -1 };

/**
 * Guesses the layout from the first lines with columns. The tag column is the last one, unless another column has tags
 * on at least nine out of ten lines and the last one does not. The word column is the first one that does not hold
 * running numbers or the name of a sentence or file (see `findWordColumn`).
 */
export function detectBioFormat(lines: Iterable<string>, choice: ColumnChoice = {}): BioFormat {
  const sample = sampleRows(lines);
  if (sample.rows.length === 0) return { ...defaultBioFormat, ...chosen(choice) };
  const { separator, rows, header } = sample;
  const columns = mostFrequent(rows.map(({ cells }) => cells.length));
  const named = header === undefined ? undefined : headerColumns(header.cells);
  const tagColumn = chosen(choice).tagColumn ?? named?.tag ?? findTagColumn(rows, columns);
  const wordColumn =
    chosen(choice).wordColumn ?? named?.word ?? findWordColumn(rows, tagColumnIndex(columns, tagColumn));
  return {
    separator,
    tagColumn,
    ...(wordColumn === undefined ? {} : { wordColumn }),
    columns,
    ...(header === undefined ? {} : { header: header.line }),
  };
}

function chosen({
  wordColumn,
  tagColumn,
}: ColumnChoice): Partial<Pick<BioFormat, 'wordColumn' | 'tagColumn'>> {
  return {
    ...(wordColumn === undefined ? {} : { wordColumn: wordColumn - 1 }),
    ...(tagColumn === undefined ? {} : { tagColumn: tagColumn - 1 }),
  };
}

function findTagColumn(rows: readonly SampleRow[], columns: number): number {
  const candidates = [-1, ...Array.from({ length: columns }, (_, index) => columns - 1 - index)];
  return candidates.find((column) => holdsTags(rows, column)) ?? -1;
}

/** Whether at least nine out of ten lines have a tag in a column. */
export function holdsTags(rows: readonly SampleRow[], column: number): boolean {
  const tagged = rows.filter(({ cells }) => {
    const index = tagColumnIndex(cells.length, column);
    return index !== undefined && parseTag(cells[index] ?? '') !== undefined;
  });
  return tagged.length * 10 >= rows.length * 9;
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
