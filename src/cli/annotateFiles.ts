import path from 'node:path';
import { bioToDocument } from '../corpus/bio/document.ts';
import { formatBio, parseBio } from '../corpus/bio/file.ts';
import { withSpans } from '../corpus/bio/withSpans.ts';
import { formatDocuments, type NamedFile, type WrittenFormat } from '../corpus/convert.ts';
import { readUtf8 } from '../corpus/decode.ts';
import type { Document } from '../corpus/document.ts';
import { expandPaths, type FoundFile } from '../corpus/paths.ts';
import {
  type CorpusFormat,
  holdsRelationRows,
  readDocuments,
  readTextDocument,
  sniffFormat,
} from '../corpus/read.ts';
import { formatRelationRows, parseRelationRows } from '../corpus/relationRows.ts';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { UserError } from '../foundation/userError.ts';
import { type Annotator, type AnnotatorOptions, openAnnotator } from './annotator.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './exit.ts';
import { progressBar } from './progressBar.ts';

interface AnnotateFilesOptions extends AnnotatorOptions {
  readonly inputs: readonly string[];
  /** Folder to write into. */
  readonly out: string;
  /** That of the input when absent (brat for plain text, JSONL for relations between the mentions of a BIO file). */
  readonly format?: WrittenFormat;
}

interface Annotated {
  readonly task: Annotator['task'];
  readonly written: readonly string[];
  /** Documents, or relation rows. */
  readonly texts: number;
  readonly mentions: number;
  readonly relations: number;
  /** Pairs of mentions that a relation model judged. */
  readonly pairs: number;
}

/**
 * Runs a model on files and writes what it found into a folder, a file for each input under the input's own
 * name. A BIO file keeps its lines and columns and gets new tags; relation rows get labels and scores.
 * A relation model joins the mentions that the documents have. Throws `UserError`, also when an output would
 * replace an input.
 */
export async function annotateFiles(context: CliContext, options: AnnotateFilesOptions): Promise<Annotated> {
  const annotator = await openAnnotator(context, options);
  const given = await expandPaths(options.inputs);
  const inputs = new Set(given.map(({ file }) => path.resolve(file)));
  const found = withoutHalves(given);
  const bar = progressBar(process.stderr, 'Annotating');
  const written: string[] = [];
  const all: FileResult[] = [];
  try {
    for (const [index, input] of found.entries()) {
      const result = await annotateFile(context, annotator, input, options);
      for (const { name, content } of result.files) {
        const target = path.join(options.out, name);
        if (inputs.has(path.resolve(target))) throw wouldReplace(target);
        await writeFileAtomic(target, content);
        written.push(target);
      }
      all.push(result);
      bar.update((index + 1) / found.length, `${index + 1}/${found.length} files`);
    }
  } finally {
    bar.finish();
  }
  const sum = (of: (result: FileResult) => number): number =>
    all.reduce((total, result) => total + of(result), 0);
  return {
    task: annotator.task,
    written,
    texts: sum(({ texts }) => texts),
    mentions: sum(({ mentions }) => mentions),
    relations: sum(({ relations }) => relations),
    pairs: annotator.pairs(),
  };
}

interface FileResult {
  readonly files: readonly NamedFile[];
  readonly texts: number;
  readonly mentions: number;
  readonly relations: number;
}

async function annotateFile(
  context: CliContext,
  annotator: Annotator,
  { file, id }: FoundFile,
  { model, precision, format }: AnnotateFilesOptions,
): Promise<FileResult> {
  const source = await readUtf8(file);
  const kind = sniffFormat(file, source);
  const sameName = `${id}${path.extname(file)}`;
  if (holdsRelationRows(file, source)) {
    const given = parseRelationRows(source, { file });
    const job = { model, rows: given, ...(precision === undefined ? {} : { precision }) };
    const rows = await context.worker.classify(job, { signal: context.signal });
    const content = formatRelationRows(rows);
    return { files: [{ name: sameName, content }], texts: rows.length, mentions: 0, relations: 0 };
  }
  if (annotator.task === 'ner' && kind === 'bio' && (format ?? 'bio') === 'bio') {
    const bio = parseBio(source, { file });
    const [document] = await annotator.annotate([bioToDocument(bio, id)]);
    const content = document === undefined ? source : formatBio(withSpans(bio, document));
    return { files: [{ name: sameName, content }], ...countsOf(document === undefined ? [] : [document]) };
  }
  const before = await documentsOf({ file, kind }, annotator);
  if (before.length === 0) return { files: [], ...countsOf([]) };
  if (annotator.task === 're' && format === 'bio') {
    throw new UsageError('BIO holds no relations.', { nextStep: 'Choose --format jsonl or --format brat.' });
  }
  const documents = await annotator.annotate(before);
  const { files } = formatDocuments(documents, format ?? defaultFormat[annotator.task][kind]);
  return {
    files: files.map(({ name, content }) => ({ name: underInputName(name, id, documents), content })),
    ...countsOf(documents),
  };
}

/** The files without the annotations of texts that are there too: they are read together. */
function withoutHalves(found: readonly FoundFile[]): readonly FoundFile[] {
  const texts = new Set(found.map(({ file }) => path.resolve(file)));
  return found.filter(
    ({ file }) => !/\.ann$/iu.test(file) || !texts.has(path.resolve(file.replace(/\.ann$/iu, '.txt'))),
  );
}

/** A model of mentions reads bare text, and a model of relations the mentions with it. */
async function documentsOf(
  { file, kind }: { readonly file: string; readonly kind: CorpusFormat },
  { task }: Annotator,
): Promise<readonly Document[]> {
  if (task === 'ner' && kind === 'brat') return [];
  return task === 'ner' && kind === 'text' ? [await readTextDocument(file)] : readDocuments([file]);
}

function countsOf(documents: readonly Document[]): Omit<FileResult, 'files'> {
  return {
    texts: documents.length,
    mentions: documents.reduce((sum, { spans }) => sum + spans.length, 0),
    relations: documents.reduce((sum, { relations }) => sum + relations.length, 0),
  };
}

/** BIO holds no relations. */
const defaultFormat = {
  ner: { text: 'brat', brat: 'brat', jsonl: 'jsonl', bio: 'bio', relations: 'jsonl' },
  re: { text: 'brat', brat: 'brat', jsonl: 'jsonl', bio: 'jsonl', relations: 'jsonl' },
} as const satisfies Record<Annotator['task'], Record<CorpusFormat, WrittenFormat>>;

/** The file's own name where one document or one collection came out; the documents' names otherwise. */
function underInputName(name: string, id: string, documents: readonly Document[]): string {
  const extension = path.extname(name);
  return documents.length === 1 || (extension !== '.ann' && extension !== '.txt')
    ? `${id}${extension}`
    : `${id}/${name}`;
}

function wouldReplace(file: string): UserError {
  return new UserError('The predictions would replace an input file.', {
    place: { file },
    nextStep: 'Choose another folder with --out.',
  });
}
