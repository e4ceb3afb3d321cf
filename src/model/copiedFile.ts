import { readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sizeOfFile } from '../foundation/readFiles.ts';
import { asFileError, UserError } from '../foundation/userError.ts';

/**
 * Whether a file of a model folder may be copied; false if it does not exist. A link must lead to a file of the same
 * folder or, in the cache of Hugging Face (`snapshots/REVISION/FILE` leads to `blobs/HASH`), of the same model. Throws
 * `UserError` for any other link: it may lead to a file that the person did not mean to share with the model.
 */
export async function mayCopy(folder: string, name: string): Promise<boolean> {
  const file = path.join(folder, name);
  const [real, root] = await Promise.all([
    realpath(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw asFileError(error, file);
    }),
    realpath(folder).catch((error: unknown) => {
      throw asFileError(error, folder);
    }),
  ]);
  if (real === undefined) return false;
  const allowed = [root, ...cacheOf(root)];
  if (!allowed.some((place) => real.startsWith(`${place}${path.sep}`))) {
    throw new UserError('This is a link to a file outside the model folder, so it is not copied.', {
      place: { file },
      nextStep: 'Put the file itself in the folder, or remove the link.',
    });
  }
  await sizeOfFile(file);
  return true;
}

/** Copies a file of a model folder, if it exists, as a new file that can be changed. Throws `UserError` as `mayCopy`. */
export async function copyIfThere(folder: string, name: string, target: string): Promise<boolean> {
  if (!(await mayCopy(folder, name))) return false;
  const file = path.join(folder, name);
  const bytes = await readFile(file).catch((error: unknown) => {
    throw asFileError(error, file);
  });
  await writeFile(path.join(target, name), bytes).catch((error: unknown) => {
    throw asFileError(error, path.join(target, name));
  });
  return true;
}

function cacheOf(root: string): readonly string[] {
  const snapshots = path.dirname(root);
  return path.basename(snapshots) === 'snapshots' ? [path.join(path.dirname(snapshots), 'blobs')] : [];
}
