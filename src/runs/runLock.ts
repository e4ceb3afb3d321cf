import { hash, randomUUID } from 'node:crypto';
import { constants, copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { asFileError, UserError } from '../foundation/userError.ts';

/** The contents of this process's locks. Another lock with our process id is from an earlier process. */
const held = new Set<string>();

/**
 * Locks the folder of a run against other processes, and returns the function that unlocks it. A lock whose process has
 * ended is taken over. Throws `UserError` if another run uses the folder.
 */
export function lockRun(file: string): Promise<() => Promise<void>> {
  return lock(file, file);
}

/** `named` is the file that errors name. */
async function lock(file: string, named: string): Promise<() => Promise<void>> {
  const token = randomUUID();
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), token });
  const draft = `${file}.${token}`;
  held.add(mine);
  try {
    await writeFile(draft, mine, { flag: 'wx' });
    for (;;) {
      if (await placed(draft, file)) break;
      const found = await readFile(file, 'utf8').catch(asMissing);
      // The lock has just been released.
      if (found === undefined) continue;
      if (isHeld(found)) throw busy(named);
      if (await tookOver(file, { found, draft, named })) break;
    }
  } catch (error) {
    held.delete(mine);
    throw asFileError(error, file);
  } finally {
    await rm(draft, { force: true });
  }
  return async () => {
    held.delete(mine);
    // Another process may have taken the lock over.
    if ((await readFile(file, 'utf8').catch(asMissing)) === mine) await rm(file, { force: true });
  };
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
  { found, draft, named }: { readonly found: string; readonly draft: string; readonly named: string },
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
  const [, pid] = /"pid":(\d+)/.exec(content) ?? [];
  // The process ended before the lock was completely written.
  if (pid === undefined) return false;
  if (!content.includes(JSON.stringify(hostname()))) return true;
  if (Number(pid) === process.pid) return held.has(content);
  try {
    process.kill(Number(pid), 0);
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

function busy(file: string): UserError {
  return new UserError('Another run is writing to this folder.', {
    place: { file },
    nextStep: 'Wait until it ends. If no other run is active, delete this file.',
  });
}
