import { appendFile, truncate } from 'node:fs/promises';
import { isJsonObject, type JsonObject } from '../foundation/json.ts';
import { asFileError, UserError } from '../foundation/userError.ts';
import type { CompletionReply } from '../llm/provider.ts';
import { fileLines } from './jsonLines.ts';

/**
 * A request, on disk before it is sent. The same index again: it was sent, and no answer reached the disk.
 * Parts of a request that was too much for the model count down from -1.
 */
export interface RequestEntry extends JsonObject {
  readonly event: 'request';
  readonly index: number;
  /** Of the prompt. */
  readonly prompt: string;
  readonly style: string;
  readonly texts: number;
  readonly negatives: number;
  /** Where the run writes about several relations. */
  readonly relation?: string;
  readonly confusable?: number;
  readonly seeds: readonly { readonly type: string; readonly name: string }[];
  /** The most that it can cost in USD, where the price is known. */
  readonly upTo?: number;
  /** The number of the batch file that it went into; absent when it was sent by itself. */
  readonly batch?: number;
  /** Of a part: the numbers of the given texts that it asks about. */
  readonly questions?: readonly number[];
}

/** A try that brought no reply. */
interface FailedEntry {
  readonly event: 'failed';
  readonly index: number;
  /** "timeout", "status 503", "not sent". */
  readonly reason: string;
  /** The service may have done the work, and may charge for it. */
  readonly mayBeCharged: boolean;
  /** No other try followed in that sitting. */
  readonly last?: true;
}

/** A reply, on disk before it is judged. */
export type ReplyEntry = {
  readonly event: 'reply';
  readonly index: number;
  readonly sha256: string;
  readonly costUsd?: number;
} & CompletionReply;

/** What came of a reply. Outcomes stand in the order of the replies. */
export interface OutcomeEntry {
  readonly event: 'outcome';
  readonly index: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Lengths of accepted.jsonl and rejected.jsonl after this request, in bytes. */
  readonly acceptedBytes: number;
  readonly rejectedBytes: number;
  /** Numbers of given texts that are asked about again, by requests of less. */
  readonly again?: readonly (readonly number[])[];
}

export type LedgerEntry = RequestEntry | FailedEntry | ReplyEntry | OutcomeEntry;

const events = new Set<unknown>(['request', 'failed', 'reply', 'outcome']);

/**
 * The entries of a ledger in their order. A line at the end that was torn off by a kill or a power cut is
 * removed from the file; a whole one that lacks only its line end is given it, since it may be a reply that
 * was paid for. `isLookedAt` leaves the file as it is. Throws `UserError` when a line before the end is broken,
 * or one at the end in a way that neither of them breaks lines.
 */
export async function* readLedger(file: string, isLookedAt = false): AsyncGenerator<LedgerEntry> {
  let broken: number | undefined;
  let wholeEnd = 0;
  let end = 0;
  let lacksLineEnd = false;
  for await (const line of fileLines(file)) {
    ({ end } = line);
    const entry = parseEntry(line.text);
    if (entry === undefined) {
      broken ??= line.number;
      if (!line.isUnended && !line.text.includes('\0')) throw notALedger(file, broken);
      continue;
    }
    if (broken !== undefined) throw notALedger(file, broken);
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

function parseEntry(line: string): LedgerEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isEntry = isJsonObject(value) && events.has(value['event']) && Number.isInteger(value['index']);
    return isEntry ? (value as unknown as LedgerEntry) : undefined;
  } catch {
    return undefined;
  }
}

function notALedger(file: string, line: number): UserError {
  return new UserError('This line of the ledger is not what Chartmark wrote.', {
    place: { file, line },
    nextStep: 'Restore the file, or start a new run in another folder.',
  });
}
