import type { TokenPrice } from '../llm/cost/prices.ts';
import { runFiles } from './runFiles.ts';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { asFileError, UserError } from '../foundation/userError.ts';
import type { CompletionReply } from '../llm/provider.ts';
import { openAppendLog, type AppendLog } from './appendLog.ts';
import { checkResumable, type RunDescription, writeRunDescription } from './runDescription.ts';
import { groupCommit } from './groupCommit.ts';
import { fileLines, type FileLine } from './jsonLines.ts';
import { checkLeftovers, explainsAccepted, explainsRejected, type Explains } from './leftovers.ts';
import type { LedgerEntry, OutcomeEntry, RequestEntry } from './ledgerEntry.ts';
import { readLedgerState, textHash, type LedgerState } from './ledgerState.ts';
import { lockRun } from './runLock.ts';
import { makeFolder } from '../foundation/makeFolder.ts';

/** A run that is open for writing. Each promise resolves once its entry is on disk. Throws `UserError`. */
export interface RunFolder {
  /** The original name of a resumed run, which it keeps because its batches use it. */
  readonly begunAs: string | undefined;
  /** The state when the run was opened. */
  readonly state: LedgerState;
  /** The accepted and rejected texts when the run was opened. Read them before anything is written. */
  readonly acceptedLines: () => AsyncIterable<FileLine>;
  readonly rejectedLines: () => AsyncIterable<FileLine>;
  readonly requested: (request: Omit<RequestEntry, 'event'>) => Promise<void>;
  readonly failed: (
    index: number,
    failure: { readonly reason: string; readonly mayBeCharged: boolean; readonly last?: true },
  ) => Promise<void>;
  readonly replied: (index: number, reply: CompletionReply, costUsd?: number) => Promise<void>;
  /** Writes the texts of a reply, then its outcome. Must be called in the order of the replies. */
  readonly concluded: (index: number, outcome: Outcome) => Promise<void>;
  /** Waits until everything is on disk, then closes the files and releases the lock. */
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
  /** Whether a line of the accepted texts can come from a reply; by default, if the reply contains the text. */
  readonly explains?: Explains;
}

/**
 * Starts a run in `folder`, or resumes the run there. First removes lines that a killed run wrote after its last outcome, so
 * that no text is there twice. `description` is stored as run.json, and `checkResumable` says how a resumed run may differ.
 * Throws `UserError`, also for a file with lines that are not from the ledger, which is not changed.
 */
export async function openRunFolder(
  folder: string,
  description: RunDescription,
  options: RunFolderOptions,
): Promise<RunFolder> {
  const file = (name: keyof typeof runFiles): string => path.join(folder, runFiles[name]);
  try {
    await makeFolder(folder);
  } catch (error) {
    throw asFileError(error, folder);
  }
  const unlock = await lockRun(folder);
  const logs: AppendLog[] = [];
  try {
    const before = await checkResumable(folder, description, options.resume);
    if (before === undefined && (await sizeOf(file('ledger'))) > 0) throw lacksDescription(file('run'));
    const begunAs = before?.run;
    const state = await readLedgerState(file('ledger'), { price: options.price });
    const { explains = explainsAccepted() } = options;
    await checkLeftovers(file('accepted'), state.acceptedBytes, state, explains);
    await checkLeftovers(file('rejected'), state.rejectedBytes, state, explainsRejected);
    await writeRunDescription(folder, begunAs === undefined ? description : { ...description, run: begunAs });
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
  // An outcome records the lengths of the other files, so their lines must be on disk before it is written.
  const outcomes = groupCommit<{ readonly entry: OutcomeEntry; readonly outcome: Outcome }>(async (group) => {
    await Promise.all([
      accepted.append(group.flatMap(({ outcome }) => outcome.accepted).join('')),
      rejected.append(group.flatMap(({ outcome }) => outcome.rejected).join('')),
    ]);
    await ledger.append(group.map(({ entry }) => `${JSON.stringify(entry)}\n`).join(''));
  });
  return {
    requested: (request) => log({ event: 'request', ...request }),
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

/** Cuts a file to a length, or creates it. */
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

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

function lacksDescription(file: string): UserError {
  return new UserError('This file is missing, but the ledger next to it has a run.', {
    place: { file },
    nextStep: 'Restore the file, or choose another folder.',
  });
}

/** Ensures that new files survive a power cut. Some systems do not allow opening a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (handle === undefined) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
