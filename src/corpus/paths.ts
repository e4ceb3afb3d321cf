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

/** A folder with both is a synthetic run: its data are its accepted texts. */
const runFiles = { accepted: 'accepted.jsonl', ledger: 'ledger.jsonl' } as const;

/**
 * The files behind paths that may be files, folders (taken with all below them, hidden ones left out) or
 * globs, in that order and sorted by name within each. Of the folder of a synthetic run only accepted.jsonl is
 * taken. Throws `UserError` for a path that leads to none.
 */
export async function expandPaths(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const given of paths) {
    const files = await expandPath(given);
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

async function expandPath(given: string): Promise<FoundFile[]> {
  const entry = await stat(given).catch((error: unknown) => {
    if (isGlob(given)) return undefined;
    throw asFileError(error, given);
  });
  if (entry === undefined) {
    const pattern = globPattern(given);
    const files = await filesBelow(staticFolder(given));
    return files
      .filter((file) => pattern.test(slashed(file)))
      .map((file) => ({ file, id: withoutExtension(path.basename(file)), named: false }));
  }
  if (!entry.isDirectory()) return [{ file: given, id: withoutExtension(path.basename(given)), named: true }];
  const files = await filesBelow(given);
  return files
    .filter((file) => extensions.has(path.extname(file).toLowerCase()))
    .map((file) => ({ file, id: withoutExtension(slashed(path.relative(given, file))), named: false }));
}

async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw asFileError(error, folder);
  });
  const names = new Set(entries.map(({ name }) => name));
  const isRun = names.has(runFiles.accepted) && names.has(runFiles.ledger);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (isRun && entry.name !== runFiles.accepted) continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(file)));
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
