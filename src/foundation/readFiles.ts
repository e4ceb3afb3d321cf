import { access, readFile } from 'node:fs/promises';
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

export function fileExists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
