import { mkdtemp, readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError, asFileError } from '../foundation/userError.ts';
import { makeFolder } from '../foundation/makeFolder.ts';

/**
 * Checks before a long run that its model folder can be written at the end, and that it would replace nothing except a
 * model. Throws `UserError`.
 */
export async function checkOutFolder(out: string, base: string): Promise<void> {
  const target = path.resolve(out);
  if (target === path.resolve(base)) {
    throw new UserError('The output folder is the folder of the base encoder.', {
      place: { file: out },
      nextStep: 'Choose another folder.',
    });
  }
  const parent = path.dirname(target);
  try {
    await makeFolder(parent);
    // Checking permissions is not enough: a disk may be read-only, a folder immutable, the user root.
    await rmdir(await mkdtemp(path.join(parent, '.chartmark-')));
  } catch (error) {
    throw asFileError(error, parent);
  }
  const names = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    throw asFileError(error, out);
  });
  if (names.length > 0 && !names.includes('config.json')) {
    throw new UserError('The folder contains files that are not a model, and training would replace it.', {
      place: { file: out },
      nextStep: 'Choose a new folder, or one with an older model.',
    });
  }
}
