import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../../../foundation/userError.ts';

/** A row of a table and the line, from 1, at which it begins. */
export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The separators of tables. */
export const separators = [',', '\t', ';', '|'];

/**
 * The rows of a table in CSV (RFC 4180) with any separator; empty lines are skipped. In a table with tabs, quotes need not
 * be closed. Throws `UserError` with the line.
 */
export function readRows(source: string, separator: string, file: string): readonly Row[] {
  try {
    return parseRows(source, separator, true);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (separator === '\t') {
      try {
        return parseRows(source, separator, false);
      } catch (second) {
        if (!(second instanceof CsvError)) throw second;
      }
    }
    throw brokenRow(error, file);
  }
}

function parseRows(source: string, delimiter: string, quotes: boolean): readonly Row[] {
  const rows: Row[] = [];
  parse(source, {
    delimiter,
    bom: true,
    skip_empty_lines: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    quote: quotes ? '"' : null,
    on_record: (cells: readonly string[], { lines }) => {
      const breaks = cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/gu)?.length ?? 0), 0);
      rows.push({ cells, line: Math.max(1, lines - breaks) });
      return null;
    },
  });
  return rows;
}

function brokenRow(error: CsvError, file: string): UserError {
  const lines: unknown = error['lines'];
  const place = typeof lines === 'number' ? { file, line: lines } : { file };
  const isWidth = error.code.includes('LENGTH');
  return new UserError(
    isWidth
      ? 'This row has not as many cells as the header.'
      : 'This row of the table cannot be read: a quotation mark is missing.',
    {
      place,
      nextStep: isWidth
        ? 'Put cells that contain the separator into quotation marks.'
        : 'Close the quotation marks, and write a quotation mark inside a cell twice.',
    },
  );
}
