import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { asFileError, UserError } from '../../foundation/userError.ts';

/** Locks of this process: one with our own number that is none of them is left over from another life. */
const held = new Set<string>();

/**
 * Takes the lock of a run folder, so that two runs never write into one. A lock whose process is gone is
 * taken over. Gives the function that lets go of it. Throws `UserError` when another run is at work there.
 */
export async function lockRun(file: string): Promise<() => Promise<void>> {
  for (let attempt = 0; ; attempt++) {
    try {
      await writeFile(file, JSON.stringify({ pid: process.pid, host: hostname() }), { flag: 'wx' });
      held.add(file);
      return async () => {
        held.delete(file);
        await rm(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException | undefined)?.code !== 'EEXIST') throw asFileError(error, file);
      if (attempt > 0 || (await isHeld(file))) throw busy(file);
      await rm(file, { force: true });
    }
  }
}

async function isHeld(file: string): Promise<boolean> {
  const source = await readFile(file, 'utf8').catch(() => '');
  const [, pid] = /"pid":(\d+)/.exec(source) ?? [];
  // A lock that was torn off while it was written has no process any more.
  if (pid === undefined) return false;
  if (!source.includes(JSON.stringify(hostname()))) return true;
  if (Number(pid) === process.pid) return held.has(file);
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException | undefined)?.code === 'EPERM';
  }
}

function busy(file: string): UserError {
  return new UserError('Another run is at work in this folder.', {
    place: { file },
    nextStep: 'Wait until it has ended; if there is none, delete this file.',
  });
}
