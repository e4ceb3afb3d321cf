import path from 'node:path';
import { fileExists } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';
import { bioToDocuments } from './bio/document.ts';
import { parseBio } from './bio/file.ts';
import { parseBrat } from './brat/read.ts';
import { readUtf8 } from './decode.ts';
import { type Document, plainDocument } from './document.ts';
import { parseJsonl } from './jsonl.ts';
import { expandPaths, type FoundFile, type RunFolders } from './paths.ts';
import { contextOf, type Reading } from './reading.ts';
import { isJsonRows, parseRelationRows, type RelationRow } from './relationRows.ts';
import { sniffFormat } from './sniff.ts';

/**
 * The documents of files, folders and globs, in order (see `expandPaths`). A BIO file is one document or, with -DOCSTART-
 * lines, several. A text with its .ann file is one; a text without one has no spans. The review of a run is applied to its
 * data file. Relation rows in a folder with documents are skipped. What could only be read differently from what a file
 * says is added to `reading.problems`. Throws `UserError` with the file and line that cannot be read.
 */
export async function readDocuments(
  paths: readonly string[],
  reading: Reading,
): Promise<readonly Document[]> {
  const documents: Document[] = [];
  const texts = new Set<string>();
  for (const found of await expandPaths(paths, reading)) {
    const text = await bratText(found.file);
    if (text === undefined) {
      documents.push(...(await readFileDocuments(found, reading)));
    } else if (!texts.has(path.resolve(text))) {
      texts.add(path.resolve(text));
      documents.push(await readBrat(text, found.id, reading));
    }
  }
  return documents;
}

/** The relation rows of files, folders and globs. Files of other kinds in folders and globs are ignored. */
export async function readRelationRows(
  paths: readonly string[],
  runs: RunFolders,
): Promise<readonly RelationRow[]> {
  const rows: RelationRow[] = [];
  for (const { file, named } of await expandPaths(paths, runs)) {
    const source = await readUtf8(file);
    const format = sniffFormat(file, source);
    if (format === 'relations' || format === 'jsonl' || source.trim() === '') {
      rows.push(...parseRelationRows(source, { file }));
    } else if (named) {
      throw new UserError(`This file contains ${describe[format]}, but relation rows were expected.`, {
        place: { file },
        nextStep: 'Choose a file whose rows are a sentence, a tab and a label.',
      });
    }
  }
  return rows;
}

/** Whether a file contains relation rows and not documents. */
export function holdsRelationRows(file: string, source: string): boolean {
  const format = sniffFormat(file, source);
  return format === 'relations' || (format === 'jsonl' && isJsonRows(source));
}

/** Whether the first file of these files, folders and globs contains relation rows and not documents. */
export async function areRelationRows(paths: readonly string[], runs: RunFolders): Promise<boolean> {
  const [first] = await expandPaths(paths, runs);
  return first !== undefined && holdsRelationRows(first.file, await readUtf8(first.file));
}

/** A plain text as a document without spans, even if there is an .ann file next to it. */
export async function readTextDocument(file: string): Promise<Document> {
  return plainDocument(path.parse(file).name, withoutMark(await readUtf8(file)));
}

const describe = {
  bio: 'token lines with tags',
  brat: 'brat annotations',
  jsonl: 'JSON lines',
  relations: 'relation rows',
  text: 'plain text',
} as const;

async function readFileDocuments(
  { file, id, named }: FoundFile,
  reading: Reading,
): Promise<readonly Document[]> {
  const source = await readUtf8(file);
  const format = sniffFormat(file, source);
  const context = contextOf(reading, file, id, source);
  if (format === 'bio') {
    const bio = parseBio(source, { context, columns: reading.columnsOf?.(file) });
    reading.schemes.add(bio.scheme);
    return bioToDocuments(bio, id, { scheme: reading.schemeFor?.(bio.scheme) });
  }
  if (format === 'jsonl') return parseJsonl(await reading.reviewed(source, file), { context });
  if (format === 'text') return [plainDocument(id, withoutMark(source))];
  if (format === 'brat') {
    throw new UserError('The text of these annotations is missing.', {
      place: { file },
      nextStep: `Put ${path.basename(textFileOf(file))} next to the file.`,
    });
  }
  if (!named) return [];
  throw new UserError('This file contains relation rows, but documents were expected.', {
    place: { file },
    nextStep: 'Choose the task "re" for it.',
  });
}

async function readBrat(text: string, id: string, reading: Reading): Promise<Document> {
  const file = annotationFileOf(text);
  const annotations = await readUtf8(file);
  const context = contextOf(reading, file, id, annotations);
  return parseBrat(await readUtf8(text), annotations, id, { context });
}

/** The text file of a brat pair if `file` is one of the two. */
async function bratText(file: string): Promise<string | undefined> {
  const extension = path.extname(file).toLowerCase();
  if (extension === '.ann') return (await fileExists(textFileOf(file))) ? textFileOf(file) : undefined;
  if (extension === '.txt') return (await fileExists(annotationFileOf(file))) ? file : undefined;
  return undefined;
}

function textFileOf(annotations: string): string {
  return annotations.replace(/\.ann$/iu, '.txt');
}

function annotationFileOf(text: string): string {
  return text.replace(/\.txt$/iu, '.ann');
}

function withoutMark(source: string): string {
  return source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
}
