import { mkdtemp, rmdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { takeLock } from '../foundation/lock.ts';
import { makeFolder } from '../foundation/makeFolder.ts';
import { isSamePlace, realPath } from '../foundation/realPath.ts';
import { asFileError, UserError } from '../foundation/userError.ts';
import { checkReplaceable } from '../model/ownFolder.ts';
import { stateFolder } from './savedRun.ts';

/**
 * Checks before a long run that its model folder can be written at the end, and that it would replace nothing except an
 * older model of Chartmark. Throws `UserError`.
 */
export async function checkOutFolder(out: string, base: string): Promise<void> {
  const places = [
    ['the folder of the base encoder', base],
    ['the current folder', '.'],
    ['your home folder', homedir()],
  ] as const;
  for (const [name, folder] of places) {
    if (!(await isSamePlace(out, folder))) continue;
    throw new UserError(`The output folder is ${name}.`, {
      place: { file: out },
      nextStep: 'Choose another folder.',
    });
  }
  const parent = path.dirname(await realPath(out));
  try {
    await makeFolder(parent);
    // Checking permissions is not enough: a disk may be read-only, a folder immutable, the user root.
    await rmdir(await mkdtemp(path.join(parent, '.chartmark-')));
  } catch (error) {
    throw asFileError(error, parent);
  }
  await checkReplaceable(out);
}

/** In milliseconds. After a command is killed, its child process needs a moment to notice and to end. */
const lockPatience = 3000;

/**
 * Locks the model folder `out`, its saved state and the folder for its best checkpoint against other trainings, and returns
 * the function that unlocks them. The parent folder must exist. Throws `UserError` that says who trains this model.
 */
export async function lockTraining(out: string): Promise<() => Promise<void>> {
  const folder = stateFolder(await realPath(out));
  for (let attempt = 1; ; attempt++) {
    try {
      await makeFolder(folder);
      const unlock = await takeLock(path.join(folder, 'lock'), 'Another training is writing this model', {
        patience: lockPatience,
      });
      return async () => {
        await unlock();
        // It has the state if the training can be resumed.
        await rmdir(folder).catch(() => undefined);
      };
    } catch (error) {
      const failure = asFileError(error, folder);
      const cause = failure instanceof UserError ? failure.cause : undefined;
      // Another training has just ended and removed the folder.
      const isGone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
      if (!isGone || attempt === 3) throw failure;
    }
  }
}
