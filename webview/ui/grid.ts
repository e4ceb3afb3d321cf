import {
  provideVSCodeDesignSystem,
  vsCodeDataGrid,
  vsCodeDataGridCell,
  vsCodeDataGridRow,
} from '@vscode/webview-ui-toolkit';
import { element } from '../dom.ts';

provideVSCodeDesignSystem().register(vsCodeDataGrid(), vsCodeDataGridCell(), vsCodeDataGridRow());

type Cell = Node | string;

interface GridColumn {
  readonly title: string;
  /** A CSS grid track, such as `1fr`. */
  readonly width: string;
  readonly isNumber?: boolean;
}

interface GridRow {
  readonly cells: readonly Cell[];
  readonly class?: string;
}

/** A table in which arrow keys move between the cells; the first cell of a row is its header. */
export function grid(label: string, columns: readonly GridColumn[], rows: readonly GridRow[]): HTMLElement {
  const tracks = columns.map(({ width }) => width).join(' ');
  const header = row(
    columns.map(({ title }) => title),
    columns,
    tracks,
    'columnheader',
  );
  header.setAttribute('row-type', 'header');
  const body = rows.map((content) => row(content.cells, columns, tracks, undefined, content.class));
  const attributes = { 'aria-label': label, 'generate-header': 'none', 'grid-template-columns': tracks };
  return element('vscode-data-grid', { class: 'grid', attributes }, header, ...body);
}

function row(
  cells: readonly Cell[],
  columns: readonly GridColumn[],
  tracks: string,
  cellType: 'columnheader' | undefined,
  rowClass?: string,
): HTMLElement {
  const made = cells.map((content, i) => {
    const type = cellType ?? (i === 0 ? 'rowheader' : 'default');
    const attributes = { 'grid-column': String(i + 1), 'cell-type': type };
    const numeric = columns[i]?.isNumber === true ? { class: 'number' } : {};
    return element('vscode-data-grid-cell', { attributes, ...numeric }, content);
  });
  const properties = { attributes: { 'grid-template-columns': tracks } };
  const line = element('vscode-data-grid-row', properties, ...made);
  if (rowClass !== undefined) line.dataset['kind'] = rowClass;
  return line;
}
