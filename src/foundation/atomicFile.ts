import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { realPath } from './realPath.ts';
import { withTemporaryFile } from './temporaryFiles.ts';
import { UserError, asFileError } from './userError.ts';
import { makeFolder } from './makeFolder.ts';

/**
 * Replaces a file as a whole: a reader sees either the old content or all of the new. The content is written and
 * synced next to the target, then renamed over it; large content can be passed in pieces. Creates the parent
 * folders, and removes what killed processes left in that of the file. Throws `UserError` with the file as its place.
 */
export async function writeFileAtomic(
  file: string,
  content: string | Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  const folder = path.dirname(file);
  try {
    await makeFolder(folder);
    await withTemporaryFile(folder, async (temporary) => {
      const handle = await open(temporary, 'wx');
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    });
  } catch (error) {
    throw asFileError(error, file);
  }
}

/**
 * Fills a new folder through `fill`, then puts it in place of `folder`, or of the folder that a link leads to. Until then
 * an existing `folder` is untouched, and if `fill` throws, nothing of the new one remains. `checkReplaceable` throws if
 * the existing folder must not be deleted; it is asked at the last moment. What a killed process left behind is cleaned
 * up first. Two processes must not replace the same folder at the same time.
 */
export async function replaceFolderAtomic(
  folder: string,
  checkReplaceable: (folder: string) => Promise<void>,
  fill: (staging: string) => Promise<void>,
): Promise<void> {
  const target = await realPath(folder);
  const staging = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.new`);
  const previous = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.old`);
  try {
    await tidyUp(target);
    await makeFolder(staging);
    await fill(staging);
    await checkReplaceable(folder);
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

/** Names the folder that the user knows, not the one where it was being filled. */
function placedIn(folder: string, staging: string, error: unknown): unknown {
  if (!(error instanceof UserError) || error.place?.file.startsWith(staging) !== true) return error;
  const { message, nextStep, cause } = error;
  const file = path.join(folder, path.relative(staging, error.place.file));
  return new UserError(message, { place: { file }, cause, ...(nextStep === undefined ? {} : { nextStep }) });
}

/** Removes what a killed process left half-filled; a folder that was moved away but not replaced is put back. */
async function tidyUp(target: string): Promise<void> {
  const parent = path.dirname(target);
  const prefix = `.${path.basename(target)}.`;
  const names = await readdir(parent).catch(() => [] as string[]);
  for (const name of names) {
    const rest = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    if (!/^[0-9a-f-]{36}\.(?:new|old)$/.test(rest)) continue;
    if (rest.endsWith('.old') && !names.includes(path.basename(target))) {
      await rename(path.join(parent, name), target);
    } else {
      await removeQuietly(path.join(parent, name));
    }
  }
}

/** Cleans up after a failure; a second failure here must not hide the first. */
async function removeQuietly(leftover: string): Promise<void> {
  await rm(leftover, { recursive: true, force: true }).catch(() => undefined);
}
