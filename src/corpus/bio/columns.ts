import type { TextRange } from '../document.ts';

/**
 * The columns of a line as ranges. With 'tab', each tab separates two columns, spaces around a column are not part of
 * it, and empty columns at the end are ignored. With 'space', runs of spaces and tabs separate columns.
 */
export function columnsOf(line: string, separator: 'tab' | 'space'): TextRange[] {
  return separator === 'tab' ? tabColumns(line) : spaceColumns(line);
}

/** The index of the tag among `count` columns; undefined if the line has too few columns for a token and a tag. */
export function tagColumnIndex(count: number, tagColumn: number): number | undefined {
  const index = tagColumn < 0 ? count + tagColumn : tagColumn;
  return count >= 2 && index >= 0 && index < count ? index : undefined;
}

function tabColumns(line: string): TextRange[] {
  const columns: TextRange[] = [];
  let start = 0;
  while (start <= line.length) {
    const tab = line.indexOf('\t', start);
    const end = tab === -1 ? line.length : tab;
    columns.push(trimSpaces(line, start, end));
    start = end + 1;
  }
  while (columns.length > 0 && isEmpty(columns.at(-1))) columns.pop();
  return columns;
}

function isEmpty(range: TextRange | undefined): boolean {
  return range !== undefined && range.start === range.end;
}

function trimSpaces(line: string, from: number, to: number): TextRange {
  let start = from;
  let end = to;
  while (start < end && line.charAt(start) === ' ') start++;
  while (end > start && line.charAt(end - 1) === ' ') end--;
  return { start, end };
}

function spaceColumns(line: string): TextRange[] {
  const columns: TextRange[] = [];
  let start = -1;
  for (let i = 0; i <= line.length; i++) {
    const code = i === line.length ? 32 : line.charCodeAt(i);
    const blank = code === 32 || code === 9;
    if (!blank && start === -1) start = i;
    if (blank && start !== -1) {
      columns.push({ start, end: i });
      start = -1;
    }
  }
  return columns;
}
