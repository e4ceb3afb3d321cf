import { createHash } from 'node:crypto';
import { mkdir, open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { isJsonObject, type JsonObject } from '../foundation/json.ts';
import { asFileError, UserError } from '../foundation/userError.ts';
import type { CompletionReply } from './provider.ts';

/** A line of the ledger. A request counts once its outcome is there; a reply without one is taken up again. */
type LedgerEntry =
  | ({ readonly event: 'request'; readonly index: number } & JsonObject)
  | {
      readonly event: 'reply';
      readonly index: number;
      readonly sha256: string;
      readonly text: string;
      readonly truncated?: boolean;
      readonly tokens?: { readonly input: number; readonly output: number };
    }
  | {
      readonly event: 'outcome';
      readonly index: number;
      readonly accepted: number;
      readonly rejected: number;
      /** Lengths of accepted.jsonl and rejected.jsonl after this request, in bytes. */
      readonly acceptedBytes: number;
      readonly rejectedBytes: number;
    };

export interface RunFolder {
  /** The first request that has no outcome yet. */
  readonly nextIndex: number;
  /** Its reply, when a run before this one got as far as that. */
  readonly pendingReply: CompletionReply | undefined;
  /** accepted.jsonl and rejected.jsonl as the runs before this one left them. */
  readonly accepted: string;
  readonly rejected: string;
  readonly requested: (index: number, request: JsonObject) => Promise<void>;
  readonly replied: (index: number, reply: CompletionReply) => Promise<void>;
  /** Writes what came of a reply, then its outcome. */
  readonly concluded: (index: number, outcome: Outcome) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Outcome {
  /** Lines, each with its line end. */
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
}

const names = {
  run: 'run.json',
  ledger: 'ledger.jsonl',
  accepted: 'accepted.jsonl',
  rejected: 'rejected.jsonl',
};

/**
 * Begins a run in `folder`, or goes on with the one that is there. What a killed run wrote after its last
 * outcome is cut off first, so that nothing is doubled. `description` goes to run.json and must be the same
 * (beside `count`) when a run goes on. Throws `UserError`.
 */
export async function openRunFolder(
  folder: string,
  description: JsonObject,
  options: { readonly resume: boolean },
): Promise<RunFolder> {
  const file = (name: keyof typeof names): string => path.join(folder, names[name]);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw asFileError(error, folder);
  }
  await checkDescription(file('run'), description, options.resume);
  await writeFileAtomic(file('run'), `${JSON.stringify(description, null, 2)}\n`);
  const entries = await readLedger(file('ledger'));
  const last = entries.findLast((entry) => entry.event === 'outcome');
  const nextIndex = last === undefined ? 0 : last.index + 1;
  const reply = entries.findLast((entry) => entry.event === 'reply' && entry.index === nextIndex);
  const accepted = await cutTo(file('accepted'), last?.acceptedBytes ?? 0);
  const rejected = await cutTo(file('rejected'), last?.rejectedBytes ?? 0);

  const ledgerFile = await open(file('ledger'), 'a');
  const acceptedFile = await open(file('accepted'), 'a');
  const rejectedFile = await open(file('rejected'), 'a');
  let acceptedBytes = last?.acceptedBytes ?? 0;
  let rejectedBytes = last?.rejectedBytes ?? 0;

  const log = async (entry: LedgerEntry): Promise<void> => {
    await appendSynced(ledgerFile, `${JSON.stringify(entry)}\n`, file('ledger'));
  };
  return {
    nextIndex,
    pendingReply: reply?.event === 'reply' ? replyOf(reply) : undefined,
    accepted,
    rejected,
    requested: (index, request) => log({ event: 'request', index, ...request }),
    replied: (index, { text, truncated, tokens }) =>
      log({
        event: 'reply',
        index,
        sha256: createHash('sha256').update(text).digest('hex'),
        text,
        ...(truncated === undefined ? {} : { truncated }),
        ...(tokens === undefined ? {} : { tokens }),
      }),
    concluded: async (index, outcome) => {
      acceptedBytes += await appendSynced(acceptedFile, outcome.accepted.join(''), file('accepted'));
      rejectedBytes += await appendSynced(rejectedFile, outcome.rejected.join(''), file('rejected'));
      await log({
        event: 'outcome',
        index,
        accepted: outcome.accepted.length,
        rejected: outcome.rejected.length,
        acceptedBytes,
        rejectedBytes,
      });
    },
    close: async () => {
      for (const handle of [ledgerFile, acceptedFile, rejectedFile]) await handle.close();
    },
  };
}

async function checkDescription(file: string, description: JsonObject, resume: boolean): Promise<void> {
  const source = await readIfThere(file);
  if (source === undefined) return;
  if (!resume) {
    throw new UserError('There is a run in this folder already.', {
      place: { file },
      nextStep: 'Resume it, or name another folder.',
    });
  }
  let previous: unknown;
  try {
    previous = JSON.parse(source);
  } catch {
    throw new UserError('This file is not valid JSON.', {
      place: { file },
      nextStep: 'Start a new run in another folder.',
    });
  }
  const before: JsonObject = isJsonObject(previous) ? previous : {};
  const changed = Object.keys({ ...before, ...description }).filter(
    (key) =>
      key !== 'count' && key !== 'run' && JSON.stringify(before[key]) !== JSON.stringify(description[key]),
  );
  if (changed.length > 0) {
    throw new UserError(`The run was begun with another ${changed.join(', ')}.`, {
      place: { file },
      nextStep: 'Resume it with the settings it was begun with, or start a new run in another folder.',
    });
  }
}

/** The whole lines of the ledger; a last line that was torn off is removed from the file. */
async function readLedger(file: string): Promise<LedgerEntry[]> {
  const source = (await readIfThere(file)) ?? '';
  const whole = source.slice(0, source.lastIndexOf('\n') + 1);
  if (whole.length < source.length) await truncate(file, Buffer.byteLength(whole));
  return whole
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
      try {
        return JSON.parse(line) as LedgerEntry;
      } catch {
        throw new UserError('This line of the ledger is not valid JSON.', {
          place: { file, line: index + 1 },
          nextStep: 'Restore the file, or start a new run in another folder.',
        });
      }
    });
}

/** Cuts a file to `bytes` (its length at the last outcome) and gives what is left. */
async function cutTo(file: string, bytes: number): Promise<string> {
  const content = Buffer.from((await readIfThere(file)) ?? '');
  if (content.length < bytes || (bytes > 0 && content[bytes - 1] !== 0x0a)) {
    throw new UserError('This file is not as the ledger says: it was changed since.', {
      place: { file },
      nextStep: 'Restore it, or start a new run in another folder.',
    });
  }
  if (content.length > bytes) await truncate(file, bytes);
  return content.subarray(0, bytes).toString('utf8');
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
    throw asFileError(error, file);
  }
}

/** Appends and waits until it is on the disk. Returns the number of bytes. */
async function appendSynced(handle: FileHandle, content: string, file: string): Promise<number> {
  if (content === '') return 0;
  try {
    await handle.appendFile(content);
    await handle.datasync();
  } catch (error) {
    throw asFileError(error, file);
  }
  return Buffer.byteLength(content);
}

function replyOf({ text, truncated, tokens }: Extract<LedgerEntry, { event: 'reply' }>): CompletionReply {
  return {
    text,
    ...(truncated === undefined ? {} : { truncated }),
    ...(tokens === undefined ? {} : { tokens }),
  };
}
