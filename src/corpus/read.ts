import path from 'node:path';
import { fileExists } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';
import { bioToDocuments } from './bio/document.ts';
import { parseBio } from './bio/file.ts';
import { parseBrat } from './brat/read.ts';
import { readUtf8 } from './decode.ts';
import { type Document, plainDocument } from './document.ts';
import { looksLikeI2b2, parseI2b2 } from './formats/i2b2/read.ts';
import { parseJsonl } from './jsonl.ts';
import { isAnnotatedJson, otherFormat } from './otherFormats.ts';
import { expandPaths, type FoundFile, type RunFolders } from './paths.ts';
import { contextOf, type Reading } from './reading.ts';
import { isJsonRows, parseRelationRows, type RelationRow } from './relationRows.ts';
import { i2b2Extensions, sniffFormat } from './sniff.ts';
import { unknownForm } from './unknownForm.ts';

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
    const pair = await annotatedText(found.file);
    if (pair === undefined) {
      documents.push(...(await readFileDocuments(found, reading)));
    } else if (!texts.has(path.resolve(pair.text))) {
      texts.add(path.resolve(pair.text));
      documents.push(...(await (pair.kind === 'brat' ? readBrat : readI2b2)(pair.text, found.id, reading)));
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
  i2b2: 'i2b2 annotations',
  other: 'documents',
  unknown: 'data of an unknown form',
} as const;

async function readFileDocuments(
  { file, id, named }: FoundFile,
  reading: Reading,
): Promise<readonly Document[]> {
  const source = await readUtf8(file);
  const format = sniffFormat(file, source);
  const context = contextOf(reading, file, id, source);
  if (format === 'bio') {
    const bio = parseBio(source, { context, layout: reading.layoutOf?.(file) });
    reading.schemes.add(bio.scheme);
    return bioToDocuments(bio, id, { scheme: reading.schemeFor?.(bio.scheme) });
  }
  if (format === 'jsonl')
    return parseJsonl(await reading.reviewed(source, file), {
      context,
      tagNames: reading.layoutOf?.(file).tagNames,
    });
  if (format === 'other') {
    if (!named && path.extname(file).toLowerCase() === '.json' && !isAnnotatedJson(source, context))
      return [];
    return otherFormat(source)?.parse(source, context, reading.layoutOf?.(file) ?? {}) ?? [];
  }
  if (format === 'unknown') {
    if (!named) return [];
    throw unknownForm(file, path.extname(file).toLowerCase(), source);
  }
  if (format === 'text') return [plainDocument(id, withoutMark(source))];
  if (format === 'brat' || format === 'i2b2') {
    throw new UserError('The text of these annotations is missing.', {
      place: { file },
      nextStep: `Put ${path.parse(file).name}.txt next to the file.`,
    });
  }
  if (!named) return [];
  throw new UserError('This file contains relation rows, but documents were expected.', {
    place: { file },
    nextStep: 'Choose the task "re" for it.',
  });
}

async function readBrat(text: string, id: string, reading: Reading): Promise<readonly Document[]> {
  const file = annotationFileOf(text);
  const annotations = await readUtf8(file);
  const context = contextOf(reading, file, id, annotations);
  return [parseBrat(await readUtf8(text), annotations, id, { context })];
}

async function readI2b2(text: string, id: string, reading: Reading): Promise<readonly Document[]> {
  const companion = async (extension: string) => {
    const file = text.replace(/\.txt$/iu, extension);
    return (await fileExists(file)) ? { file, source: await readUtf8(file) } : undefined;
  };
  const [con, ast, rel] = [await companion('.con'), await companion('.ast'), await companion('.rel')];
  const { file, source } = con ?? ast ?? { file: text, source: '' };
  return parseI2b2(await readUtf8(text), { con, ast, rel }, contextOf(reading, file, id, source));
}

/** The text that a file belongs to, if its annotations are in a file beside it. A brat file comes before those of i2b2. */
async function annotatedText(
  file: string,
): Promise<{ readonly text: string; readonly kind: 'brat' | 'i2b2' } | undefined> {
  const extension = path.extname(file).toLowerCase();
  if (extension !== '.txt' && extension !== '.ann' && !i2b2Extensions.has(extension)) return undefined;
  const stem = file.slice(0, -extension.length);
  const text = extension === '.txt' ? file : `${stem}.txt`;
  if (!(await fileExists(text))) return undefined;
  const hasBrat = await fileExists(annotationFileOf(text));
  if (hasBrat && (extension === '.txt' || extension === '.ann')) return { text, kind: 'brat' };
  if (extension === '.ann') return undefined;
  for (const beside of ['.con', '.ast']) {
    const annotations = `${stem}${beside}`;
    if ((await fileExists(annotations)) && looksLikeI2b2(await readUtf8(annotations)))
      return { text, kind: 'i2b2' };
  }
  return undefined;
}

function annotationFileOf(text: string): string {
  return text.replace(/\.txt$/iu, '.ann');
}

function withoutMark(source: string): string {
  return source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
}
