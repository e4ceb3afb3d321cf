import { chmod, mkdir } from 'node:fs/promises';
import { asFileError } from './userError.ts';

/** Makes a folder, and the ones above it, whose files only the user can open. Throws `UserError`. */
export async function makePrivateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw asFileError(error, folder);
  }
  // Windows and some file systems know no such modes: their folders stay as they are.
  await chmod(folder, 0o700).catch(() => undefined);
}
