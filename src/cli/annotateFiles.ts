import path from 'node:path';
import { bioToDocument } from '../corpus/bio/document.ts';
import { formatBio, parseBio } from '../corpus/bio/file.ts';
import { withSpans } from '../corpus/bio/withSpans.ts';
import { formatDocuments, type NamedFile, type WrittenFormat } from '../corpus/convert.ts';
import { readUtf8 } from '../corpus/decode.ts';
import type { Document } from '../corpus/document.ts';
import { expandPaths, type FoundFile } from '../corpus/paths.ts';
import { type CorpusFormat, readDocuments, readTextDocument, sniffFormat } from '../corpus/read.ts';
import { formatRelationRows, parseRelationRows } from '../corpus/relationRows.ts';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { UserError } from '../foundation/userError.ts';
import type { CliContext } from './context.ts';
import { progressBar } from './progressBar.ts';

interface AnnotateFilesOptions {
  readonly inputs: readonly string[];
  readonly model: string;
  /** Folder to write into. */
  readonly out: string;
  /** That of the input (brat for plain text) when absent. */
  readonly format?: WrittenFormat;
}

interface Annotated {
  readonly written: readonly string[];
  /** Documents, or relation rows. */
  readonly texts: number;
  readonly mentions: number;
}

/**
 * Runs a model on files and writes what it found into a folder, a file for each input under the input's own
 * name. A BIO file keeps its lines and columns and gets new tags; relation rows get labels and scores.
 * Throws `UserError`, also when an output would replace an input.
 */
export async function annotateFiles(context: CliContext, options: AnnotateFilesOptions): Promise<Annotated> {
  const found = await expandPaths(options.inputs);
  const inputs = new Set(found.map(({ file }) => path.resolve(file)));
  const bar = progressBar(process.stderr, 'Annotating');
  const written: string[] = [];
  let texts = 0;
  let mentions = 0;
  try {
    for (const [index, input] of found.entries()) {
      const result = await annotateFile(context, input, options);
      for (const { name, content } of result.files) {
        const target = path.join(options.out, name);
        if (inputs.has(path.resolve(target))) throw wouldReplace(target);
        await writeFileAtomic(target, content);
        written.push(target);
      }
      texts += result.texts;
      mentions += result.mentions;
      bar.update((index + 1) / found.length, `${index + 1}/${found.length} files`);
    }
  } finally {
    bar.finish();
  }
  return { written, texts, mentions };
}

interface FileResult {
  readonly files: readonly NamedFile[];
  readonly texts: number;
  readonly mentions: number;
}

async function annotateFile(
  context: CliContext,
  { file, id }: FoundFile,
  { model, format }: AnnotateFilesOptions,
): Promise<FileResult> {
  const source = await readUtf8(file);
  const kind = sniffFormat(file, source);
  const { signal } = context;
  if (kind === 'brat') return { files: [], texts: 0, mentions: 0 };
  if (kind === 'relations') {
    const rows = await context.worker.classify(
      { model, rows: parseRelationRows(source, { file }) },
      { signal },
    );
    const name = `${id}${path.extname(file)}`;
    return { files: [{ name, content: formatRelationRows(rows) }], texts: rows.length, mentions: 0 };
  }
  if (kind === 'bio' && (format ?? 'bio') === 'bio') {
    const bio = parseBio(source, { file });
    const [document] = await context.worker.annotate(
      { model, documents: [bioToDocument(bio, id)] },
      { signal },
    );
    const content = document === undefined ? source : formatBio(withSpans(bio, document));
    const name = `${id}${path.extname(file)}`;
    return { files: [{ name, content }], texts: 1, mentions: document?.spans.length ?? 0 };
  }
  const before = kind === 'text' ? [await readTextDocument(file)] : await readDocuments([file]);
  const documents = await context.worker.annotate({ model, documents: before }, { signal });
  const { files } = formatDocuments(documents, format ?? defaultFormat[kind]);
  return {
    files: files.map(({ name, content }) => ({ name: underInputName(name, id, documents), content })),
    texts: documents.length,
    mentions: documents.reduce((sum, { spans }) => sum + spans.length, 0),
  };
}

const defaultFormat = { text: 'brat', jsonl: 'jsonl', bio: 'bio' } as const satisfies Partial<
  Record<CorpusFormat, WrittenFormat>
>;

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
