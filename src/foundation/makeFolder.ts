import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder and those above it, if they are missing. Throws what the system says: of a file system that is
 * read-only, Node's own way of making several folders at once says that they do not exist.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const parent = path.dirname(path.resolve(folder));
    if (parent !== path.resolve(folder)) await makeParent(parent);
    await mkdir(folder);
  }
}

/** A parent that exists is left alone, so that making its child tells what is wrong there. */
async function makeParent(parent: string): Promise<void> {
  await mkdir(parent).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return;
    if (error.code !== 'ENOENT') throw error;
    await makeFolder(parent);
  });
}
