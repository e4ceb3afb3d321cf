import { access, type FileHandle, open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { asFileError } from './userError.ts';

/** The text of a file, read as UTF-8. Throws `UserError` naming the file. */
export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw asFileError(error, file);
  });
}

/** The same; undefined if there is no such file. */
export async function readTextIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw asFileError(error, file);
  });
}

/** A file opened for reading; undefined if there is no such file. Throws `UserError` naming the file. */
export async function openIfThere(file: string): Promise<FileHandle | undefined> {
  return open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw asFileError(error, file);
  });
}

export function fileExists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * The entries of a folder, newest first, by the time of the file that `fileOf` gives for the path of each entry. Hidden
 * entries and those without that file are left out. Empty if there is no such folder.
 */
export async function newestFirst(
  folder: string,
  fileOf: (entry: string) => string = (entry) => entry,
): Promise<readonly { readonly name: string; readonly file: string; readonly size: number }[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => !name.startsWith('.'))
      .map(async (name) => {
        const file = fileOf(path.join(folder, name));
        const stats = await stat(file).catch(() => undefined);
        return stats === undefined ? [] : [{ name, file, size: stats.size, changed: stats.mtimeMs }];
      }),
  );
  return found.flat().sort((a, b) => b.changed - a.changed);
}
