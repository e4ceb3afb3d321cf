import path from 'node:path';
import { bioToDocument } from '../corpus/bio/document.ts';
import { type BioFile, formatBio, parseBio } from '../corpus/bio/file.ts';
import { withSpans } from '../corpus/bio/withSpans.ts';
import { formatDocuments, type NamedFile, type WrittenFormat } from '../corpus/formatDocuments.ts';
import { readUtf8 } from '../corpus/decode.ts';
import type { Document } from '../corpus/document.ts';
import { expandPaths, type FoundFile } from '../corpus/paths.ts';
import { contextOf, type Reading } from '../corpus/reading.ts';
import { holdsRelationRows, readDocuments, readTextDocument } from '../corpus/read.ts';
import { type CorpusFormat, sniffFormat } from '../corpus/sniff.ts';
import { formatRelationRows, parseRelationRows, type RelationRow } from '../corpus/relationRows.ts';
import { identityOf } from '../foundation/realPath.ts';
import { UserError } from '../foundation/userError.ts';
import { inputsWithoutOutputs } from './inputsWithoutOutputs.ts';
import { openOutputFolder, type OutputFolder } from './outputFolder.ts';

/** The task, and the output format; if undefined, the format of the input. */
export interface Prediction {
  readonly task: 'ner' | 're';
  readonly format?: WrittenFormat;
}

export type PredictionInput = { readonly file: string; readonly id: string } & (
  | { readonly kind: 'rows'; readonly rows: readonly RelationRow[] }
  /** The file keeps its lines and columns. */
  | { readonly kind: 'bio'; readonly bio: BioFile; readonly documents: readonly [Document] }
  | { readonly kind: 'documents'; readonly format: CorpusFormat; readonly documents: readonly Document[] }
);

/**
 * The files behind paths, without those below the folder of the results. `read`: without the annotation files of texts among
 * them, because both are read together.
 */
export async function predictionPaths(
  paths: readonly string[],
  out: string,
): Promise<{ readonly all: readonly FoundFile[]; readonly read: readonly FoundFile[] }> {
  const all = await expandPaths(paths, await inputsWithoutOutputs(paths, out));
  const texts = new Set(all.map(({ file }) => path.resolve(file)));
  const read = all.filter(
    ({ file }) => !/\.ann$/iu.test(file) || !texts.has(path.resolve(file.replace(/\.ann$/iu, '.txt'))),
  );
  return { all, read };
}

/** Throws `UserError` if the file cannot be read. */
export async function readPredictionInput(
  { file, id }: FoundFile,
  { task, format }: Prediction,
  reading: Reading,
): Promise<PredictionInput> {
  const source = await readUtf8(file);
  const kind = sniffFormat(file, source);
  if (holdsRelationRows(file, source)) {
    return { file, id, kind: 'rows', rows: parseRelationRows(source, { file }) };
  }
  if (task === 'ner' && kind === 'bio' && (format ?? 'bio') === 'bio') {
    const context = contextOf(reading, file, id, source);
    const bio = parseBio(source, { context, layout: reading.layoutOf?.(file) });
    return { file, id, kind: 'bio', bio, documents: [bioToDocument(bio, id)] };
  }
  return {
    file,
    id,
    kind: 'documents',
    format: kind,
    documents: await documentsOf(file, kind, task, reading),
  };
}

/** Mentions are looked for in bare text, and relations between the mentions that come with it. */
async function documentsOf(
  file: string,
  kind: CorpusFormat,
  task: Prediction['task'],
  reading: Reading,
): Promise<readonly Document[]> {
  if (task === 'ner' && (kind === 'brat' || kind === 'i2b2')) return [];
  return task === 'ner' && kind === 'text' ? [await readTextDocument(file)] : readDocuments([file], reading);
}

/** The files with the documents of an input as they were predicted. */
export function predictedDocuments(
  input: Exclude<PredictionInput, { readonly kind: 'rows' }>,
  documents: readonly Document[],
  { task, format }: Prediction,
): readonly NamedFile[] {
  const [first] = documents;
  if (first === undefined) return [];
  if (input.kind === 'bio') {
    return [{ name: sameName(input), content: formatBio(withSpans(input.bio, first)) }];
  }
  const { files } = formatDocuments(documents, format ?? defaultFormat[task][input.format]);
  return files.map(({ name, content }) => ({ name: underInputName(name, input.id, documents), content }));
}

/** The file with the relation rows of an input as they were predicted. */
export function predictedRows(input: PredictionInput, rows: readonly RelationRow[]): NamedFile {
  return { name: sameName(input), content: formatRelationRows(rows) };
}

/** The files that one input becomes. */
export interface InputOutputs {
  readonly file: string;
  /** Named relative to the output folder. The content is known only of a text. */
  readonly files: readonly { readonly name: string; readonly content?: string }[];
}

/** The files that an input will become, whatever is predicted. */
export function outputsOf(input: PredictionInput, wanted: Prediction): InputOutputs {
  const { file } = input;
  if (input.kind === 'rows') return { file, files: [{ name: sameName(input) }] };
  const planned = predictedDocuments(input, input.documents, wanted);
  return {
    file,
    files: planned.map(({ name, content }) => (name.endsWith('.txt') ? { name, content } : { name })),
  };
}

/**
 * The folder that predictions are written into. Throws `UserError` before anything is predicted if a file would replace an
 * input, what another input becomes, or a file of the user.
 */
export async function predictionFolder(
  outputs: readonly InputOutputs[],
  { out, force }: { readonly out: string; readonly force?: boolean | undefined },
  inputs: readonly FoundFile[],
): Promise<OutputFolder> {
  const taken = await identitiesOf(inputs.map(({ file }) => file));
  const sources = new Map<string, string>();
  for (const { file, files } of outputs) {
    for (const { name } of files) {
      const target = path.join(out, name);
      if (taken.has(await identityOf(target))) throw wouldReplace(target);
      // Some file systems ignore case.
      const other = sources.get(target.toLowerCase());
      if (other !== undefined && other !== file) throw wouldReplaceEachOther([other, file], target);
      sources.set(target.toLowerCase(), file);
    }
  }
  const folder = await openOutputFolder(out, { force });
  await folder.check(outputs.flatMap(({ files }) => files));
  return folder;
}

/** What tells whether a path leads to one of these files, or to the text or annotations that belong to one. */
export async function identitiesOf(files: readonly string[]): Promise<ReadonlySet<string>> {
  const identities = new Set<string>();
  for (const file of files) {
    const { dir, name, ext } = path.parse(file);
    const other = { '.ann': '.txt', '.txt': '.ann' }[ext.toLowerCase()];
    identities.add(await identityOf(file));
    if (other !== undefined) identities.add(await identityOf(path.join(dir, `${name}${other}`)));
  }
  return identities;
}

/** How many spans or relations documents have. */
export function countAll(documents: readonly Document[], what: 'spans' | 'relations'): number {
  return documents.reduce((sum, document) => sum + document[what].length, 0);
}

/** BIO cannot represent relations. */
const defaultFormat = {
  ner: {
    text: 'brat',
    brat: 'brat',
    jsonl: 'jsonl',
    bio: 'bio',
    relations: 'jsonl',
    i2b2: 'brat',
    other: 'jsonl',
    unknown: 'brat',
  },
  re: {
    text: 'brat',
    brat: 'brat',
    jsonl: 'jsonl',
    bio: 'jsonl',
    relations: 'jsonl',
    i2b2: 'brat',
    other: 'jsonl',
    unknown: 'brat',
  },
} as const satisfies Record<Prediction['task'], Record<CorpusFormat, WrittenFormat>>;

function sameName({ id, file }: PredictionInput): string {
  return `${id}${path.extname(file)}`;
}

/** The input's own name for a single document or a collection, the documents' names otherwise. */
function underInputName(name: string, id: string, documents: readonly Document[]): string {
  const extension = path.extname(name);
  return documents.length === 1 || (extension !== '.ann' && extension !== '.txt')
    ? `${id}${extension}`
    : `${id}/${name}`;
}

function wouldReplaceEachOther([one, other]: readonly [string, string], target: string): UserError {
  return new UserError(`${one} and ${other} would both be written as ${target}. Nothing was started.`, {
    nextStep:
      'Give the folder that contains them, because subfolders are kept. If only the extensions differ, keep the format. ' +
      'Or write each file into a separate folder.',
  });
}

function wouldReplace(file: string): UserError {
  return new UserError('The predictions would replace an input file.', {
    place: { file },
    nextStep: 'Choose another folder to write into.',
  });
}
