import { hash, randomUUID } from 'node:crypto';
import { constants, copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { asFileError, UserError } from '../foundation/userError.ts';

/** Locks of this process by their content: one with our own number that is none of them is from another life. */
const held = new Set<string>();

/**
 * Takes the lock of a run folder, so that two runs never write into one. A lock whose process is gone is
 * taken over. Gives the function that lets go of it. Throws `UserError` when another run is at work there.
 */
export function lockRun(file: string): Promise<() => Promise<void>> {
  return lock(file, file);
}

/** `named` is the file that a person is told of. */
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
      // Its run has just ended.
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
    // Whoever took it over, for whatever reason, keeps it.
    if ((await readFile(file, 'utf8').catch(asMissing)) === mine) await rm(file, { force: true });
  };
}

/** Whether there was no such file, and is now: whole from the first moment on. */
async function placed(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file).catch(async (error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error;
      // Not every file system has links.
      await copyFile(draft, file, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Puts a lock in place of one that was left over. Of many that found the same one, one at a time does so: who
 * holds the lock of that very content, and finds it unchanged.
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
  // A lock that was torn off while it was written has no process any more.
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
  return new UserError('Another run is at work in this folder.', {
    place: { file },
    nextStep: 'Wait until it has ended; if there is none, delete this file.',
  });
}
