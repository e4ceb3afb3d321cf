import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { asFileError, UserError } from '../foundation/userError.ts';
import { globPattern, isGlob, staticFolder } from './glob.ts';

/** A file that was asked for. */
export interface FoundFile {
  readonly file: string;
  /** The path below the folder it was found in, or the base name, without extension; `/` between folders. */
  readonly id: string;
  /** Named as a file, not met in a folder or by a glob. */
  readonly named: boolean;
}

/** Files of a folder that may hold documents or relation rows. */
const extensions = new Set(['.bio', '.conll', '.iob', '.iob2', '.tsv', '.txt', '.ann', '.jsonl', '.ndjson']);

/**
 * What a caller knows about the folders of generation runs. This module knows nothing of them: their reader is handed
 * in from above.
 */
export interface RunFolders {
  /** Given the names in a folder: the one file with the folder's data, undefined if it is not a run. */
  readonly dataFile: (names: ReadonlySet<string>) => string | undefined;
  /** What such a file says once the review beside it is applied; the source itself for other files. Throws `UserError`. */
  readonly reviewed: (source: string, file: string) => Promise<string>;
}

/**
 * The files behind paths that may be files, folders (taken with all below them, hidden ones left out) or
 * globs, in that order and sorted by name within each. From the folder of a run only its data file is taken. Throws
 * `UserError` for a path without any.
 */
export async function expandPaths(paths: readonly string[], runs: RunFolders): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const given of paths) {
    const files = await expandPath(given, runs);
    if (files.length === 0) {
      throw new UserError('There is no file with data here.', {
        place: { file: given },
        nextStep: `Name files, folders or globs with ${[...extensions].join(', ')} files.`,
      });
    }
    found.push(...files);
  }
  const seen = new Set<string>();
  return found.filter(({ file }) => seen.size < seen.add(path.resolve(file)).size);
}

async function expandPath(given: string, runs: RunFolders): Promise<FoundFile[]> {
  const entry = await stat(given).catch((error: unknown) => {
    if (isGlob(given)) return undefined;
    throw asFileError(error, given);
  });
  if (entry === undefined) {
    const pattern = globPattern(given);
    const files = await filesBelow(staticFolder(given), runs);
    return files
      .filter((file) => pattern.test(slashed(file)))
      .map((file) => ({ file, id: withoutExtension(path.basename(file)), named: false }));
  }
  if (!entry.isDirectory()) return [{ file: given, id: withoutExtension(path.basename(given)), named: true }];
  const files = await filesBelow(given, runs);
  return files
    .filter((file) => extensions.has(path.extname(file).toLowerCase()))
    .map((file) => ({ file, id: withoutExtension(slashed(path.relative(given, file))), named: false }));
}

async function filesBelow(folder: string, runs: RunFolders): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw asFileError(error, folder);
  });
  const names = new Set(entries.map(({ name }) => name));
  const dataFile = runs.dataFile(names);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (dataFile !== undefined && entry.name !== dataFile) continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(file, runs)));
    else files.push(file);
  }
  return files;
}

function slashed(file: string): string {
  return file.replaceAll('\\', '/');
}

function withoutExtension(file: string): string {
  return file.slice(0, file.length - path.extname(file).length);
}
