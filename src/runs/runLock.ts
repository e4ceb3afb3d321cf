import { hash, randomUUID } from 'node:crypto';
import { constants, copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { asFileError, UserError } from '../foundation/userError.ts';

/** The content of this process's locks. A lock with our process number that is not among them is from an earlier process. */
const held = new Set<string>();

/**
 * Takes the lock of a run folder, so that two runs never write into one. A lock whose process has ended is taken over.
 * Gives the function that releases it. Throws `UserError` if another run uses the folder.
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
      // Its run has just released it.
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
    // If somebody has taken it over, for whatever reason, it stays theirs.
    if ((await readFile(file, 'utf8').catch(asMissing)) === mine) await rm(file, { force: true });
  };
}

/** Creates `file` with the content of `draft`, complete from the first moment on. False if there is such a file already. */
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
 * Replaces a lock that was left over. If several processes find the same one, only one at a time replaces it: the one that
 * holds a second lock, named after the content that it found, and finds that content unchanged.
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
  // A lock that was not completely written has no process any more.
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
  return new UserError('Another run is writing into this folder.', {
    place: { file },
    nextStep: 'Wait until it has ended. If there is no such run, delete this file.',
  });
}
