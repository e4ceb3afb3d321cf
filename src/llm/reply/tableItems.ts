import { itemsOf, type ReplyItem, textKeys } from './replyItems.ts';

const separator = /^[\s|:-]+$/;
const tagged = /<\/?\p{L}/u;

/**
 * The items of a Markdown table: one for each row, with the text in the column whose heading names it, else in the column
 * with tags or the longest cells. A row with another number of cells has a problem. Empty if there is no table.
 */
export function tableItems(source: string): readonly ReplyItem[] {
  const lines = source.split('\n').map((line) => line.trim());
  const at = lines.findIndex(
    (line, index) => index > 0 && separator.test(line) && line.includes('-') && line.includes('|'),
  );
  if (at === -1) return [];
  const headings = cellsOf(lines[at - 1] ?? '').map((heading) =>
    heading.replaceAll(/[*_`]/g, '').toLowerCase(),
  );
  const end = lines.findIndex((line, index) => index > at && !line.includes('|'));
  const body = lines.slice(at + 1, end === -1 ? undefined : end);
  const rows = body.filter((line) => !separator.test(line)).map(cellsOf);
  const column = textColumn(headings, rows);
  return rows.flatMap((cells): readonly ReplyItem[] => {
    if (cells.length !== headings.length) {
      return [{ text: cells.join(' | '), problem: 'its row has more or fewer cells than the table' }];
    }
    const others = headings.flatMap((heading, index): [string, string][] =>
      index === column ? [] : [[heading === '#' ? 'number' : heading, cells[index] ?? '']],
    );
    return itemsOf([{ ...Object.fromEntries(others), text: cells[column] ?? '' }]);
  });
}

function textColumn(headings: readonly string[], rows: readonly (readonly string[])[]): number {
  const named = headings.findIndex((heading) => textKeys.test(heading));
  if (named !== -1) return named;
  const columns = headings.map((_, index) => rows.map((cells) => cells[index] ?? '').join(' '));
  const withTags = columns.findIndex((cells) => tagged.test(cells));
  return withTags === -1
    ? columns.indexOf(columns.toSorted((a, b) => b.length - a.length)[0] ?? '')
    : withTags;
}

/** The cells of a row. A bar with a backslash before it belongs to its cell. */
function cellsOf(line: string): readonly string[] {
  const cells: string[] = [];
  for (const part of line.split('|')) {
    const last = cells.at(-1);
    if (last?.endsWith('\\') === true) cells[cells.length - 1] = `${last.slice(0, -1)}|${part}`;
    else cells.push(part);
  }
  const inner = cells.slice(
    line.startsWith('|') ? 1 : 0,
    line.endsWith('|') && cells.length > 1 ? -1 : undefined,
  );
  return inner.map((cell) => cell.trim());
}
