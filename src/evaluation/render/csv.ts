import { visibleName } from '../../foundation/visibleText.ts';
import type { Report } from '../report.ts';
import { scoreRows } from './wording.ts';

/** The scores as CSV (RFC 4180), one row per type and average. Fractions keep all digits. */
export function renderCsv(report: Report): string {
  const header = ['row', 'label', 'precision', 'recall', 'f1', 'support', 'predicted', 'correct'];
  const rows = scoreRows(report).map((row) => [
    row.kind,
    text(row.label),
    row.precision,
    row.recall,
    row.f1,
    row.support,
    row.predicted ?? '',
    row.correct ?? '',
  ]);
  return csv([header, ...rows]);
}

/** The listed errors as CSV (RFC 4180). Offsets are UTF-16 units of the gold text, end exclusive. */
export function renderErrorsCsv({ errors }: Report): string {
  const header = [
    'kind',
    'document',
    'line',
    'start',
    'end',
    'gold_label',
    'gold_text',
    'predicted_label',
    'predicted_text',
    'score',
    'before',
    'after',
  ];
  const rows = errors.map((error) => [
    error.kind,
    text(error.document),
    error.line,
    error.start,
    error.end,
    text(error.gold?.label ?? ''),
    text(error.gold?.text ?? ''),
    text(error.predicted?.label ?? ''),
    text(error.predicted?.text ?? ''),
    error.predicted?.score ?? '',
    text(error.before),
    text(error.after),
  ]);
  return csv([header, ...rows]);
}

function csv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: string | number): string {
  const value = String(cell);
  return /[",\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/**
 * Text from files on one line. Spreadsheets read a cell that starts like this, also in full-width characters, as a formula
 * unless a quote precedes it (OWASP, CSV injection).
 */
function text(value: string): string {
  const shown = visibleName(value);
  return /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(shown) ? `'${shown}` : shown;
}
