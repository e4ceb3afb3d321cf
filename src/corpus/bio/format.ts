import { columnsOf, tagColumnIndex } from './columns.ts';
import { parseTag } from './tag.ts';

/** The layout of the lines in a BIO file. */
export interface BioFormat {
  readonly separator: 'tab' | 'space';
  /**
   * Counts from 0, or from the end if negative: -1 is the last column. The token is column 0, or 1 if the tag is
   * column 0.
   */
  readonly tagColumn: number;
  /** How many columns most token lines have, if known. */
  readonly columns?: number;
}

const defaultBioFormat: BioFormat = { separator: 'tab', tagColumn: -1 };

const sampleSize = 400;

/**
 * Guesses the layout from the first lines with columns. The tag column is the last one, unless another column has tags
 * on at least nine out of ten lines and the last one does not.
 */
export function detectBioFormat(lines: Iterable<string>): BioFormat {
  const sample = sampleLines(lines);
  if (sample.length === 0) return defaultBioFormat;
  const tabbed = sample.filter((line) => line.includes('\t')).length;
  const separator = tabbed * 2 >= sample.length ? 'tab' : 'space';
  const rows = sample.map((line) =>
    columnsOf(line, separator).map(({ start, end }) => line.slice(start, end)),
  );
  const columns = mostFrequent(rows.map((row) => row.length));
  return { separator, tagColumn: findTagColumn(rows, columns), columns };
}

function sampleLines(lines: Iterable<string>): string[] {
  const sample: string[] = [];
  for (const line of lines) {
    if (/^#|^-DOCSTART-/u.test(line) || !/\S[ \t]+\S/u.test(line)) continue;
    sample.push(line);
    if (sample.length === sampleSize) break;
  }
  return sample;
}

function findTagColumn(rows: readonly (readonly string[])[], columns: number): number {
  const candidates = [-1, ...Array.from({ length: columns }, (_, index) => columns - 1 - index)];
  const found = candidates.find((column) => {
    const tagged = rows.filter((row) => {
      const index = tagColumnIndex(row.length, column);
      return index !== undefined && parseTag(row[index] ?? '') !== undefined;
    });
    return tagged.length * 10 >= rows.length * 9;
  });
  return found ?? -1;
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
