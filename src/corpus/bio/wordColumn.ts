import { nearlyAll } from '../nearlyAll.ts';
import type { SampleRow } from './sample.ts';
import { parseTag } from './tag.ts';

/** What a column that is not the words may hold instead. */
export type ColumnKind = 'running numbers' | 'one value for each sentence' | 'empty cells' | 'tags' | 'words';

/**
 * The column of the words, from 0: the first one besides the tag column that does not hold running numbers (the index of
 * a token, its offset), one value for each sentence (a sentence number, the name of a file), or mostly nothing. Undefined
 * if this is the first column besides the tags, or if no column is better.
 */
export function findWordColumn(
  rows: readonly SampleRow[],
  tagColumn: number | undefined,
): number | undefined {
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const candidates = Array.from({ length: width }, (_, index) => index).filter(
    (index) => index !== tagColumn,
  );
  const [first] = candidates;
  const word = candidates.find((column) => kindOfColumn(rows, column) === 'words');
  return word === first || first === undefined || kindOfColumn(rows, first) === 'tags' ? undefined : word;
}

/** What a column holds, judged by pairs of neighbouring lines of one sentence. */
export function kindOfColumn(rows: readonly SampleRow[], column: number): ColumnKind {
  const cells = rows.map((row) => row.cells[column] ?? '');
  if (nearlyAll(cells, (cell) => parseTag(cell) !== undefined)) return 'tags';
  if (cells.filter((cell) => cell === '').length * 2 >= cells.length) return 'empty cells';
  const pairs = rows.flatMap((row, index) => {
    const next = rows[index + 1];
    return next?.sentence === row.sentence ? [[cells[index] ?? '', cells[index + 1] ?? ''] as const] : [];
  });
  if (pairs.length === 0) return 'words';
  if (nearlyAll(pairs, ([one, next]) => one === next)) return 'one value for each sentence';
  // A sentence may begin in the middle of what an empty line separates, so a few numbers may fall.
  return nearlyAll(cells, (cell) => /^\d+(?:[-.:]\d+)?$/u.test(cell)) &&
    nearlyAll(pairs, ([one, next]) => leadingNumber(next) > leadingNumber(one))
    ? 'running numbers'
    : 'words';
}

function leadingNumber(cell: string): number {
  return Number.parseInt(/\d+$/u.exec(cell)?.[0] ?? '', 10);
}
