import { hash, randomUUID } from 'node:crypto';
import { constants, copyFile, link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { checkValue } from './checkValue.ts';
import { tryParseJson } from './json.ts';
import { asFileError, UserError } from './userError.ts';

/** The contents of this process's locks. Another lock with our process id is from an earlier process. */
const held = new Set<string>();

/** A lock file's content. Locks of older versions have no time. */
const lockRecord = z.object({ pid: z.int(), host: z.string(), since: z.exactOptional(z.string()) });

/**
 * Locks something against other processes by a file, whose folder must exist, and returns the function that unlocks it. A
 * lock whose process has ended is taken over. Throws `UserError` if another process holds it: `activity` says what that
 * process does, as a sentence without its full stop ("Another training writes this model"). `patience`: how long to wait for
 * that process to release it first, in milliseconds.
 */
export function takeLock(
  file: string,
  activity: string,
  { patience = 0 }: { readonly patience?: number } = {},
): Promise<() => Promise<void>> {
  return lock(file, { file, activity, until: performance.now() + patience });
}

/** What errors name. */
interface Named {
  readonly file: string;
  readonly activity: string;
  /** When to give up, as `performance.now()`. */
  readonly until: number;
}

async function lock(file: string, named: Named): Promise<() => Promise<void>> {
  const token = randomUUID();
  const since = new Date().toISOString();
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), since, token });
  const draft = `${file}.${token}`;
  held.add(mine);
  try {
    await writeFile(draft, mine, { flag: 'wx' });
    for (;;) {
      if (await placed(draft, file)) break;
      const found = await readFile(file, 'utf8').catch(asMissing);
      // The lock has just been released.
      if (found === undefined) continue;
      if (isHeld(found)) {
        if (performance.now() >= named.until) throw busy(named, found);
        await wait(50);
        continue;
      }
      if (await tookOver(file, { found, draft, named })) break;
    }
  } catch (error) {
    held.delete(mine);
    throw asFileError(error, file);
  } finally {
    await rm(draft, { force: true });
  }
  await tidyDrafts(file);
  return async () => {
    held.delete(mine);
    // Another process may have taken the lock over.
    if ((await readFile(file, 'utf8').catch(asMissing)) === mine) await rm(file, { force: true });
    // A process that was killed while it waited may have lived for a moment after the lock was taken.
    await tidyDrafts(file);
  };
}

/** Removes what processes left that were killed while they asked for this lock. */
async function tidyDrafts(file: string): Promise<void> {
  const folder = path.dirname(file);
  const prefix = `${path.basename(file)}.`;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefix) || !/^[0-9a-f-]{36}$/.test(name.slice(prefix.length))) continue;
    const draft = path.join(folder, name);
    const content = await readFile(draft, 'utf8').catch(() => '');
    // An incomplete one is perhaps being written.
    if (holderOf(content) !== undefined && !isHeld(content)) await rm(draft, { force: true });
  }
}

/** Creates `file` with the content of `draft` in one step. False if the file exists already. */
async function placed(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file).catch(async (error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error;
      // Some file systems have no links.
      await copyFile(draft, file, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Replaces a lock whose process has ended. If several processes find it, only one replaces it: the one that holds a second
 * lock, named after the content of the first, and finds that content unchanged.
 */
async function tookOver(
  file: string,
  { found, draft, named }: { readonly found: string; readonly draft: string; readonly named: Named },
): Promise<boolean> {
  const unlock = await lock(`${file}.${hash('sha256', found).slice(0, 8)}`, named);
  try {
    if ((await readFile(file, 'utf8').catch(asMissing)) !== found) return false;
    await rename(draft, file);
    return true;
  } finally {
    await unlock();
  }
}

function isHeld(content: string): boolean {
  const holder = holderOf(content);
  // The process ended before the lock was completely written.
  if (holder === undefined) return false;
  if (holder.host !== hostname()) return true;
  return holder.pid === process.pid ? held.has(content) : isRunning(holder.pid);
}

function holderOf(content: string) {
  return checkValue(lockRecord, tryParseJson(content), 'lock').value;
}

/** Whether a process of this computer is running. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function asMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

function busy({ file, activity }: Named, content: string): UserError {
  const { pid, host, since } = holderOf(content) ?? {};
  const time = since === undefined ? '' : `, since ${since}`;
  return new UserError(`${activity} (process ${pid} on ${host}${time}).`, {
    place: { file },
    nextStep: 'Wait until it ends. If that process no longer exists, delete this file.',
  });
}
