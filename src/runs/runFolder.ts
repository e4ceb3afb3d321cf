import type { TokenPrice } from '../llm/cost/prices.ts';
import { runFiles } from './runFiles.ts';
import { mkdir, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import type { JsonObject } from '../foundation/json.ts';
import { asFileError, UserError } from '../foundation/userError.ts';
import type { CompletionReply } from '../llm/provider.ts';
import { openAppendLog, type AppendLog } from './appendLog.ts';
import { checkDescription } from './runDescription.ts';
import { groupCommit } from './groupCommit.ts';
import { fileLines, type FileLine } from './jsonLines.ts';
import { checkLeftovers, explainsAccepted, explainsRejected, type Explains } from './leftovers.ts';
import type { LedgerEntry, OutcomeEntry, RequestEntry } from './ledger.ts';
import { readLedgerState, textHash, type LedgerState } from './ledgerState.ts';
import { lockRun } from './runLock.ts';

/** Each promise resolves once what it tells of is on the disk, and throws `UserError`. */
export interface RunFolder {
  /** The name that a run was begun with, by which batches know it; it keeps it, whatever it would be called now. */
  readonly begunAs: string | undefined;
  /** As the runs before this one left it. */
  readonly state: LedgerState;
  /** accepted.jsonl and rejected.jsonl as they were left, line by line; to be read before anything is written. */
  readonly acceptedLines: () => AsyncIterable<FileLine>;
  readonly rejectedLines: () => AsyncIterable<FileLine>;
  readonly requested: (request: Omit<RequestEntry, 'event'>) => Promise<void>;
  readonly failed: (
    index: number,
    failure: { readonly reason: string; readonly mayBeCharged: boolean; readonly last?: true },
  ) => Promise<void>;
  readonly replied: (index: number, reply: CompletionReply, costUsd?: number) => Promise<void>;
  /** Writes what came of a reply, then its outcome. Must be called in the order of the replies. */
  readonly concluded: (index: number, outcome: Outcome) => Promise<void>;
  /** Waits for everything under way, then lets go of the files. */
  readonly close: () => Promise<void>;
}

interface Outcome {
  /** Lines, each with its line end. */
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
  readonly again?: OutcomeEntry['again'];
}

interface RunFolderOptions {
  readonly resume: boolean;
  readonly price?: TokenPrice | undefined;
  /** Which lines of accepted.jsonl a reply may have brought; texts that were written as it asked by default. */
  readonly explains?: Explains;
}

/**
 * Begins a run in `folder`, or goes on with the one that is there. What a killed run wrote after its last
 * outcome is cut off first, so that nothing is doubled; a file with lines that the ledger cannot explain is not
 * touched. `description` goes to run.json and must be the same (beside `count` and the name) when a run goes on.
 * Throws `UserError`.
 */
export async function openRunFolder(
  folder: string,
  description: JsonObject,
  options: RunFolderOptions,
): Promise<RunFolder> {
  const file = (name: keyof typeof runFiles): string => path.join(folder, runFiles[name]);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw asFileError(error, folder);
  }
  const unlock = await lockRun(path.resolve(file('lock')));
  const logs: AppendLog[] = [];
  try {
    const before = await checkDescription(file('run'), description, options.resume);
    if (before === undefined && (await sizeOf(file('ledger'))) > 0) throw lacksDescription(file('run'));
    const begunAs = before?.run;
    const state = await readLedgerState(file('ledger'), { price: options.price });
    const { explains = explainsAccepted() } = options;
    await checkLeftovers(file('accepted'), state.acceptedBytes, state, explains);
    await checkLeftovers(file('rejected'), state.rejectedBytes, state, explainsRejected);
    const named = begunAs === undefined ? description : { ...description, run: begunAs };
    await writeFileAtomic(file('run'), `${JSON.stringify(named, null, 2)}\n`);
    await cutTo(file('accepted'), state.acceptedBytes);
    await cutTo(file('rejected'), state.rejectedBytes);
    for (const name of ['ledger', 'accepted', 'rejected'] as const) {
      logs.push(await openAppendLog(file(name)));
    }
    await syncFolder(folder);
    const [ledger, accepted, rejected] = logs as [AppendLog, AppendLog, AppendLog];
    const { idle, ...writing } = writers({ ledger, accepted, rejected }, state);
    return {
      ...writing,
      begunAs,
      state,
      acceptedLines: () => fileLines(file('accepted'), state.acceptedBytes),
      rejectedLines: () => fileLines(file('rejected'), state.rejectedBytes),
      close: async () => {
        try {
          await idle();
          for (const log of logs) await log.close();
        } finally {
          await unlock();
        }
      },
    };
  } catch (error) {
    for (const log of logs) await log.close();
    await unlock();
    throw error;
  }
}

interface Logs {
  readonly ledger: AppendLog;
  readonly accepted: AppendLog;
  readonly rejected: AppendLog;
}

function writers(
  { ledger, accepted, rejected }: Logs,
  state: LedgerState,
): Pick<RunFolder, 'requested' | 'failed' | 'replied' | 'concluded'> & {
  readonly idle: () => Promise<void>;
} {
  let { acceptedBytes, rejectedBytes } = state;
  const log = (entry: LedgerEntry): Promise<void> => ledger.append(`${JSON.stringify(entry)}\n`);
  // An outcome says how long the other files are: they have to be that long on the disk before it is written.
  const outcomes = groupCommit<{ readonly entry: OutcomeEntry; readonly outcome: Outcome }>(async (group) => {
    await Promise.all([
      accepted.append(group.flatMap(({ outcome }) => outcome.accepted).join('')),
      rejected.append(group.flatMap(({ outcome }) => outcome.rejected).join('')),
    ]);
    await ledger.append(group.map(({ entry }) => `${JSON.stringify(entry)}\n`).join(''));
  });
  return {
    requested: (request) => log({ event: 'request', ...request } as RequestEntry),
    failed: (index, failure) => log({ event: 'failed', index, ...failure }),
    replied: (index, reply, costUsd) =>
      log({
        event: 'reply',
        index,
        sha256: textHash(reply.text),
        ...reply,
        ...(costUsd === undefined ? {} : { costUsd }),
      }),
    concluded: (index, outcome) => {
      acceptedBytes += byteLength(outcome.accepted);
      rejectedBytes += byteLength(outcome.rejected);
      const entry: OutcomeEntry = {
        event: 'outcome',
        index,
        accepted: outcome.accepted.length,
        rejected: outcome.rejected.length,
        acceptedBytes,
        rejectedBytes,
        ...(outcome.again === undefined ? {} : { again: outcome.again }),
      };
      return outcomes.add({ entry, outcome });
    },
    idle: () => outcomes.idle(),
  };
}

function byteLength(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
}

/** Makes the file where there is none. */
async function cutTo(file: string, bytes: number): Promise<void> {
  try {
    const handle = await open(file, 'a');
    try {
      if ((await handle.stat()).size > bytes) await handle.truncate(bytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asFileError(error, file);
  }
}

/** 0 where there is no file. */
async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

function lacksDescription(file: string): UserError {
  return new UserError('This file is missing, though the ledger beside it holds a run.', {
    place: { file },
    nextStep: 'Restore it, or name another folder.',
  });
}

/** Makes sure that new files are found again after a power cut. Not every system lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (handle === undefined) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
