import { appendFile, truncate } from 'node:fs/promises';
import { isJsonObject, tryParseJson } from '../foundation/json.ts';
import { asFileError, UserError } from '../foundation/userError.ts';
import { fileLines } from './jsonLines.ts';
import { type LedgerEntry, readEntry } from './ledgerEntry.ts';

/**
 * The entries of a ledger in order. A last line that a crash or a power cut left incomplete is removed from the file. A last
 * line that lacks only its line end gets one, because it may be a reply that was paid for. With `isLookedAt` the file is not
 * changed. Throws `UserError` if any other line is not what Chartmark writes.
 */
export async function* readLedger(file: string, isLookedAt = false): AsyncGenerator<LedgerEntry> {
  let broken: number | undefined;
  let wholeEnd = 0;
  let end = 0;
  let lacksLineEnd = false;
  for await (const line of fileLines(file)) {
    ({ end } = line);
    const value = tryParseJson(line.text);
    if (!isJsonObject(value)) {
      broken ??= line.number;
      if (!line.isUnended && !line.text.includes('\0')) throw notALedger(file, broken);
      continue;
    }
    if (broken !== undefined) throw notALedger(file, broken);
    const entry = readEntry(value);
    if (typeof entry === 'string') throw notALedger(file, line.number, entry);
    wholeEnd = line.end;
    lacksLineEnd = line.isUnended;
    yield entry;
  }
  if (isLookedAt) return;
  try {
    if (end > wholeEnd) await truncate(file, wholeEnd);
    if (lacksLineEnd) await appendFile(file, '\n');
  } catch (error) {
    throw asFileError(error, file);
  }
}

function notALedger(file: string, line: number, field?: string): UserError {
  return new UserError(
    field === undefined
      ? 'This line of the ledger is not what Chartmark wrote.'
      : `The field "${field}" of this line of the ledger is not what Chartmark wrote.`,
    {
      place: { file, line },
      nextStep: 'Restore the file, or start a new run in another folder.',
    },
  );
}
