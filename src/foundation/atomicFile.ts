import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError, asFileError } from './userError.ts';

/**
 * Writes a file so that it is either the old one or the whole new one, never a part: written and synced
 * beside the target, then renamed over it. Much can be given in pieces. Parent folders are made. Throws
 * `UserError` naming the file.
 */
export async function writeFileAtomic(
  file: string,
  content: string | Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await removeQuietly(temporary);
    throw asFileError(error, file);
  }
}

/**
 * Fills a new folder through `fill` and puts it in the place of `folder` once `fill` has ended well.
 * Until then an existing `folder` is untouched; when `fill` throws, nothing of the new one is left. What a
 * killed process left of an earlier time is tidied up first. Two processes must not replace one folder at once.
 */
export async function replaceFolderAtomic(
  folder: string,
  fill: (staging: string) => Promise<void>,
): Promise<void> {
  const target = path.resolve(folder);
  const staging = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.new`);
  const previous = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.old`);
  try {
    await tidyUp(target);
    await mkdir(staging, { recursive: true });
    await fill(staging);
    const hadPrevious = await rename(target, previous).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false;
        throw error;
      },
    );
    try {
      await rename(staging, target);
    } catch (error) {
      if (hadPrevious) await rename(previous, target);
      throw error;
    }
    await rm(previous, { recursive: true, force: true });
  } catch (error) {
    await removeQuietly(staging);
    throw placedIn(folder, staging, asFileError(error, folder));
  }
}

/** The place that a person knows: the folder, not where it was being filled. */
function placedIn(folder: string, staging: string, error: unknown): unknown {
  if (!(error instanceof UserError) || error.place?.file.startsWith(staging) !== true) return error;
  const { message, nextStep, cause } = error;
  const file = path.join(folder, path.relative(staging, error.place.file));
  return new UserError(message, { place: { file }, cause, ...(nextStep === undefined ? {} : { nextStep }) });
}

/** Removes half-filled folders of a killed process; one that was moved away and not replaced is put back. */
async function tidyUp(target: string): Promise<void> {
  const parent = path.dirname(target);
  const begin = `.${path.basename(target)}.`;
  const names = await readdir(parent).catch(() => [] as string[]);
  for (const name of names) {
    const rest = name.startsWith(begin) ? name.slice(begin.length) : '';
    if (!/^[0-9a-f-]{36}\.(?:new|old)$/.test(rest)) continue;
    if (rest.endsWith('.old') && !names.includes(path.basename(target))) {
      await rename(path.join(parent, name), target);
    } else {
      await removeQuietly(path.join(parent, name));
    }
  }
}

/** Tidies up after a failure; failing at that too must not hide the first failure. */
async function removeQuietly(leftover: string): Promise<void> {
  await rm(leftover, { recursive: true, force: true }).catch(() => undefined);
}
