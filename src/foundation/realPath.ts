import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { asFileError } from './userError.ts';

/**
 * The absolute path of a file or folder without symbolic links. The last parts may not exist yet: then the rest is that
 * of the nearest folder which does. Throws `UserError` if it cannot be told.
 */
export async function realPath(file: string): Promise<string> {
  const absolute = path.resolve(file);
  try {
    return await realpath(absolute);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = path.dirname(absolute);
    if (parent === absolute || (code !== 'ENOENT' && code !== 'ENOTDIR')) throw asFileError(error, file);
    return path.join(await realPath(parent), path.basename(absolute));
  }
}

/** What two paths to the same file or folder have in common, also if links or letter case differ. */
export async function identityOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  return found === undefined ? realPath(file) : `${found.dev}:${found.ino}`;
}

/** Whether two paths lead to the same place. */
export async function isSamePlace(one: string, other: string): Promise<boolean> {
  return (await identityOf(one)) === (await identityOf(other));
}
