import { mkdir, mkdtemp, readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError, asFileError } from '../foundation/userError.ts';

/**
 * Checks before a long run that its model folder can be written at the end, and that nothing else than a
 * model would be replaced. Throws `UserError`.
 */
export async function checkOutFolder(out: string, base: string): Promise<void> {
  const target = path.resolve(out);
  if (target === path.resolve(base)) {
    throw new UserError('The model folder to write is the base encoder itself.', {
      place: { file: out },
      nextStep: 'Name another folder.',
    });
  }
  const parent = path.dirname(target);
  try {
    await mkdir(parent, { recursive: true });
    // Permissions alone don't tell: a disk may be read-only, a folder immutable, the user root.
    await rmdir(await mkdtemp(path.join(parent, '.chartmark-')));
  } catch (error) {
    throw asFileError(error, parent);
  }
  const names = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    throw asFileError(error, out);
  });
  if (names.length > 0 && !names.includes('config.json')) {
    throw new UserError('The folder holds other files than a model; training would replace it.', {
      place: { file: out },
      nextStep: 'Name a new folder, or one with an older model.',
    });
  }
}
