import type { Stats } from 'node:fs';
import { access, type FileHandle, open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { asFileError, UserError } from './userError.ts';

/**
 * The size of a file in bytes. Throws `UserError` naming the file if it cannot be read as one: reading a FIFO would wait
 * for somebody to write to it, and a device may have no end.
 */
export async function sizeOfFile(file: string): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    throw asFileError(error, file);
  });
  if (found.isFile()) return found.size;
  if (found.isDirectory()) throw asFileError({ code: 'EISDIR' }, file);
  throw new UserError(`This is ${kindOf(found)}, but a file was expected.`, {
    place: { file },
    nextStep: 'Choose a file.',
  });
}

function kindOf(found: Stats): string {
  if (found.isFIFO()) return 'a named pipe (FIFO)';
  return found.isSocket() ? 'a socket' : 'a device';
}

/** The text of a file, read as UTF-8. Throws `UserError` naming the file. */
export async function readText(file: string): Promise<string> {
  await sizeOfFile(file);
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw asFileError(error, file);
  });
}

/** The same; undefined if there is no such file. */
export async function readTextIfThere(file: string): Promise<string | undefined> {
  return (await isMissing(file)) ? undefined : readText(file);
}

/** A file opened for reading; undefined if there is no such file. Throws `UserError` naming the file. */
export async function openIfThere(file: string): Promise<FileHandle | undefined> {
  if (await isMissing(file)) return undefined;
  await sizeOfFile(file);
  return open(file, 'r').catch((error: unknown) => {
    throw asFileError(error, file);
  });
}

/** Any other failure than a missing file is left to the reading. */
function isMissing(file: string): Promise<boolean> {
  return stat(file).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
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
