import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { readTextIfThere } from '../foundation/readFiles.ts';
import { asFileError, UserError } from '../foundation/userError.ts';
import { isTrainedModel } from './folder.ts';
import { graphNames } from './graphFile.ts';
import { licenceFileNames } from './licenceFileNames.ts';
import { tokenizerFileNames } from './tokenizer/fileNames.ts';

/** Every file that Chartmark may write into a model folder. */
const ownFileNames: ReadonlySet<string> = new Set([
  'chartmark.json',
  'config.json',
  'model.safetensors',
  'README.md',
  ...Object.values(graphNames),
  ...tokenizerFileNames,
  ...licenceFileNames,
]);

/** Files that file managers leave in every folder that they show. */
const leftByFileManagers: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** The number of names that a message shows. */
const shownNames = 3;

/**
 * Checks that a folder may be deleted or replaced by a new model: there is none, it is empty, or it is a model that
 * Chartmark trained, with nothing else in it. Throws `UserError` that names what is in the way.
 */
export async function checkReplaceable(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw asFileError(error, folder);
    // A link to a folder that is missing, perhaps on a disk that is not there at the moment.
    const isLink = (await lstat(folder).catch(() => undefined))?.isSymbolicLink() === true;
    if (isLink) throw inTheWay(folder, 'This is a link to a folder that does not exist.');
    return [];
  });
  const others = entries
    .filter((entry) => !leftByFileManagers.has(entry.name))
    .filter((entry) => entry.isDirectory() || !ownFileNames.has(entry.name))
    .map(({ name }) => name)
    .sort();
  if (others.length > 0) {
    throw inTheWay(folder, `The folder contains ${listed(others)}, which Chartmark did not put there.`);
  }
  if (entries.length === 0) return;
  const description = await readTextIfThere(path.join(folder, 'chartmark.json'));
  if (description === undefined || !isTrainedModel(description)) {
    const names = entries.map(({ name }) => name).sort();
    throw inTheWay(
      folder,
      `The folder contains ${listed(names)}, but no chartmark.json of a model that Chartmark trained.`,
    );
  }
}

/** Deletes a model folder that Chartmark wrote. Throws `UserError` if it holds anything else. */
export async function removeModel(folder: string): Promise<void> {
  await checkReplaceable(folder);
  await rm(folder, { recursive: true, force: true });
}

function listed(names: readonly string[]): string {
  const more = names.length - shownNames;
  return names.slice(0, shownNames).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function inTheWay(file: string, message: string): UserError {
  return new UserError(`${message} Nothing was deleted.`, {
    place: { file },
    nextStep: 'Choose a new folder, or one with an older model of Chartmark and nothing else.',
  });
}
