import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { asFileError, UserError } from '../foundation/userError.ts';
import { globPattern, isGlob, staticFolder } from './glob.ts';

export interface FoundFile {
  readonly file: string;
  /** The path below the given folder, or the base name, without extension; `/` between folders. */
  readonly id: string;
  /** Whether it was given as a file and not found in a folder or by a glob. */
  readonly named: boolean;
}

/** The extensions of files in a folder that may contain documents or relation rows. */
const extensions = new Set(
  '.bio .conll .conllu .iob .iob2 .tsv .txt .ann .con .jsonl .ndjson .json .xml .csv .pubtator'.split(' '),
);

/** How to read the folders of generation runs. The corpus module does not know them, so its callers pass this in. */
export interface RunFolders {
  /** The data file of a folder with these names; undefined if the folder is not a run. */
  readonly dataFile: (names: ReadonlySet<string>) => string | undefined;
  /**
   * The source of such a file with its review applied, or the unchanged source of any other file. Throws `UserError`.
   */
  readonly reviewed: (source: string, file: string) => Promise<string>;
  /** Whether a file or folder that is found in a folder or by a glob is left out. */
  readonly skips?: (file: string) => boolean;
}

/**
 * The files behind paths to files, folders (with all subfolders except hidden ones) or globs: in the order of the paths,
 * and sorted by name within each. A run folder contributes only its data file. Throws `UserError` if a path leads to no
 * file.
 */
export async function expandPaths(paths: readonly string[], runs: RunFolders): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const given of paths) {
    const files = await expandPath(given, runs);
    if (files.length === 0) {
      throw new UserError('There is no data file here.', {
        place: { file: given },
        nextStep: `Choose files, folders or globs with ${[...extensions].join(', ')} files.`,
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
    if (runs.skips?.(file) === true) continue;
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
