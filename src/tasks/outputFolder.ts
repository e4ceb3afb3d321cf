import { hash } from 'node:crypto';
import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import type { NamedFile } from '../corpus/formatDocuments.ts';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { checkValue } from '../foundation/checkValue.ts';
import { tryParseJson } from '../foundation/json.ts';
import { tidyTemporaryFiles } from '../foundation/temporaryFiles.ts';
import { asFileError, UserError } from '../foundation/userError.ts';

/**
 * The file in a folder of results that says what Chartmark wrote there: a line of JSON for each content of each file, with
 * its SHA-256 and none of its text. Hidden, so that it is not read as data.
 */
const recordName = '.chartmark-written.jsonl';

const recordLine = z.object({ file: z.string(), sha256: z.string() });

/** A file to write. The content is undefined while it is not known yet. */
type PlannedFile = Pick<NamedFile, 'name'> & { readonly content?: string };

/** A folder for results, where files of the user are safe. */
export interface OutputFolder {
  /**
   * Checks before the work that all files can be written: each is new, empty, unchanged since Chartmark wrote it, or already
   * as it will be. Throws `UserError` that names the first one which is not.
   */
  check(files: readonly PlannedFile[]): Promise<void>;
  /** Checks and writes files, and returns their paths. */
  write(files: readonly NamedFile[]): Promise<readonly string[]>;
}

/** `force` replaces files of the user, too. Throws `UserError` if the folder cannot be read. */
export async function openOutputFolder(
  folder: string,
  { force = false }: { readonly force?: boolean | undefined } = {},
): Promise<OutputFolder> {
  const record = path.join(folder, recordName);
  const written = await readRecord(record);

  const isOwn = (name: string, content: Buffer): boolean =>
    content.length === 0 || written.has(lineOf(name, content));

  const check = async (files: readonly PlannedFile[]): Promise<void> => {
    const inTheWay: string[] = [];
    for (const { name, content } of files) {
      const file = path.join(folder, name);
      const there = await readIfThere(file);
      if (there === undefined || isOwn(name, there)) continue;
      if (!force && (content === undefined || !there.equals(Buffer.from(content)))) inTheWay.push(file);
    }
    const [first] = inTheWay;
    if (first !== undefined) throw wouldOverwrite(first, inTheWay.length - 1);
  };

  return {
    check,
    write: async (files) => {
      await check(files);
      const paths: string[] = [];
      for (const { name, content } of files) {
        const file = path.join(folder, name);
        paths.push(file);
        await tidyTemporaryFiles(path.dirname(file));
        if ((await readIfThere(file))?.equals(Buffer.from(content)) === true) continue;
        const line = lineOf(name, content);
        // Before the file itself: if the process is killed in between, the next one still knows whose file it is.
        if (!written.has(line)) await append(record, line);
        written.add(line);
        await writeFileAtomic(file, content);
      }
      return paths;
    },
  };
}

/** The names of all files that Chartmark wrote into a folder, with `/` between folders. */
export async function writtenNames(folder: string): Promise<ReadonlySet<string>> {
  const lines = readLines((await readIfThere(path.join(folder, recordName)))?.toString('utf8') ?? '');
  return new Set(lines.map(({ file }) => file));
}

function lineOf(name: string, content: string | Buffer): string {
  return JSON.stringify({ file: name, sha256: hash('sha256', content) });
}

/** The lines of a record. What a killed process did not write to the end is cut off. */
async function readRecord(file: string): Promise<Set<string>> {
  const source = (await readIfThere(file))?.toString('utf8') ?? '';
  const end = source.lastIndexOf('\n') + 1;
  if (end < source.length) await truncate(file, Buffer.byteLength(source.slice(0, end)));
  return new Set(
    readLines(source.slice(0, end)).map(({ file: name, sha256 }) => JSON.stringify({ file: name, sha256 })),
  );
}

function readLines(source: string): readonly z.output<typeof recordLine>[] {
  return source.split('\n').flatMap((line) => {
    const { value } = checkValue(recordLine, tryParseJson(line), 'line');
    return value === undefined ? [] : [value];
  });
}

async function append(file: string, line: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await appendFile(file, `${line}\n`);
  } catch (error) {
    throw asFileError(error, file);
  }
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    // Where a part of the path is a file, the write will say so.
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw asFileError(error, file);
  });
}

function wouldOverwrite(file: string, others: number): UserError {
  const more = others === 0 ? '' : ` The same is true of ${others} more.`;
  return new UserError(
    `This file exists, and Chartmark did not write it, or it was changed since.${more} Nothing was written.`,
    {
      place: { file },
      nextStep: 'Choose another folder with --out, or add --force to replace it.',
    },
  );
}
