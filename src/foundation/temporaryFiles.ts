import { hash, randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { isRunning } from './lock.ts';

/** The computer in the name of a file, so that processes of others are not taken for dead. */
const host = hash('sha256', hostname()).slice(0, 8);

const pattern = /^\.chartmark-(\d+)-([0-9a-f]{8})-[0-9a-f-]{36}\.tmp$/;

/** Milliseconds after which a file is left over whatever its name says: a process id may be in use again. */
const longestWrite = 24 * 60 * 60 * 1000;

/** Milliseconds between two searches of a folder in the same process. */
const pause = 60_000;

/** When each folder was last searched. */
const searched = new Map<string, number>();

/** The files that this process is writing. Another one with our process id is from an earlier process. */
const active = new Set<string>();

/**
 * Lets `write` write a file of a new name in an existing folder, which says which process writes it, and move it to its
 * place. It is removed if that fails. Before, files are removed that killed processes were writing into the folder: they may
 * hold texts of notes.
 */
export async function withTemporaryFile(
  folder: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  await tidyTemporaryFiles(folder);
  const name = `.chartmark-${process.pid}-${host}-${randomUUID()}.tmp`;
  const temporary = path.join(folder, name);
  active.add(name);
  try {
    await write(temporary);
  } catch (error) {
    await removeQuietly(temporary);
    throw error;
  } finally {
    active.delete(name);
  }
}

/** Removes the files that killed processes were writing into a folder. Searches each folder once a minute at most. */
export async function tidyTemporaryFiles(place: string): Promise<void> {
  const folder = path.resolve(place);
  const now = Date.now();
  if (now - (searched.get(folder) ?? -Infinity) < pause) return;
  searched.set(folder, now);
  for (const name of await readdir(folder).catch(() => [])) {
    const [, pid, writer] = pattern.exec(name) ?? [];
    if (pid === undefined || active.has(name)) continue;
    const file = path.join(folder, name);
    const isDead = writer === host && (Number(pid) === process.pid || !isRunning(Number(pid)));
    if (isDead || (await ageOf(file, now)) > longestWrite) await removeQuietly(file);
  }
}

/** A failure here must not hide another, or stop a write that can succeed. */
async function removeQuietly(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}

async function ageOf(file: string, now: number): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => now - mtimeMs,
    () => 0,
  );
}
