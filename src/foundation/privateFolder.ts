import { chmod, mkdir } from 'node:fs/promises';
import { asFileError } from './userError.ts';

/** Creates a folder, with its parents, that only the user can open. Throws `UserError`. */
export async function makePrivateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw asFileError(error, folder);
  }
  // Windows and some file systems have no such modes; there the folder stays as it is.
  await chmod(folder, 0o700).catch(() => undefined);
}
