import { columnsOf } from './columns.ts';

const sampleSize = 400;

/** The cells of a token line; `sentence` is the same for the lines of one sentence. */
export interface SampleRow {
  readonly cells: readonly string[];
  readonly sentence: number;
}

/** The first token lines, split into columns. */
export function sampleRows(lines: Iterable<string>): {
  readonly separator: 'tab' | 'space';
  readonly rows: readonly SampleRow[];
  /** The first line, if it names the columns. */
  readonly header?: { readonly line: string; readonly cells: readonly string[] };
} {
  const sample: { line: string; sentence: number }[] = [];
  let sentence = 0;
  for (const line of lines) {
    if (line.trim() === '' || line.startsWith('-DOCSTART-')) sentence++;
    if (/^#|^-DOCSTART-/u.test(line) || !/\S[ \t]+\S/u.test(line)) continue;
    sample.push({ line, sentence });
    if (sample.length === sampleSize) break;
  }
  const tabbed = sample.filter(({ line }) => line.includes('\t')).length;
  const separator = tabbed * 2 >= sample.length ? 'tab' : 'space';
  const rows = sample.map(({ line, sentence: number }) => ({
    cells: columnsOf(line, separator).map(({ start, end }) => line.slice(start, end)),
    sentence: number,
  }));
  const [first] = rows;
  if (first === undefined || headerColumns(first.cells) === undefined) return { separator, rows };
  return { separator, rows: rows.slice(1), header: { line: sample[0]?.line ?? '', cells: first.cells } };
}

const wordNames = new Set(['token', 'tokens', 'word', 'words', 'form', 'text']);
const tagNames = new Set(
  'tag tags label labels ner ner_tag ner_tags nertag netag bio bio_tag iob iob_tag ne entity'.split(' '),
);

/** The columns of words and tags (from 0) if the cells of a line are their names; undefined for any other line. */
export function headerColumns(
  cells: readonly string[],
): { readonly word: number; readonly tag: number } | undefined {
  const names = cells.map((cell) => cell.toLowerCase().replaceAll(/[\s-]+/gu, '_'));
  const word = names.findIndex((name) => wordNames.has(name));
  const tag = names.findLastIndex((name) => tagNames.has(name));
  return word === -1 || tag === -1 ? undefined : { word, tag };
}
