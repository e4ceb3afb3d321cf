/** A word line of a CoNLL-U file (universaldependencies.org/format.html). */
export interface WordLine {
  /** The numbers of the words that it stands for: one, or several for a contraction ("du" for "de le"). */
  readonly first: number;
  readonly last: number;
  /** An empty node (`8.1`) is no part of the text. */
  readonly isEmpty: boolean;
  readonly form: string;
  readonly misc: ReadonlyMap<string, string>;
  /** Whether it has a part of speech, a head or another analysis. */
  readonly isAnalysed: boolean;
}

const columns = 10;

/** Reads a line of ten columns; undefined if it is another line. */
export function parseWordLine(line: string): WordLine | undefined {
  const cells = line.split('\t');
  const [, first, separator, last] = /^(\d{1,9})(?:([-.])(\d{1,9}))?$/u.exec(cells[0] ?? '') ?? [];
  if (cells.length !== columns || first === undefined) return undefined;
  const entries = (cells[9] ?? '')
    .trim()
    .split('|')
    .map((item) => {
      const at = item.indexOf('=');
      return at === -1 ? ([item, ''] as const) : ([item.slice(0, at), item.slice(at + 1)] as const);
    });
  return {
    first: Number(first),
    last: separator === '-' ? Number(last) : Number(first),
    isEmpty: separator === '.',
    form: cells[1] ?? '',
    misc: new Map(entries),
    isAnalysed: cells.slice(3, 9).some((cell) => cell !== '_' && cell !== ''),
  };
}
