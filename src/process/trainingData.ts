import path from 'node:path';
import type { LayoutChoice } from '../corpus/bio/format.ts';
import { readUtf8 } from '../corpus/decode.ts';
import type { Document } from '../corpus/document.ts';
import { tokenExamples } from '../corpus/examples.ts';
import { expandPaths } from '../corpus/paths.ts';
import { summariseProblems } from '../corpus/problemSummary.ts';
import { holdsRelationRows, readDocuments, readRelationRows } from '../corpus/read.ts';
import type { Reading } from '../corpus/reading.ts';
import { unlearnedNotes } from '../corpus/unlearned.ts';
import { UserError } from '../foundation/userError.ts';
import { loadProject } from '../project/parseProject.ts';
import type { Project } from '../project/project.ts';
import { relationSchema, type RelationSchema } from '../project/relationSchema.ts';
import { readingFor } from '../runs/runFolders.ts';
import type { TrainingData, WeightedExample, WeightedRow } from '../training/trainOptions.ts';
import { checkPairs, pairsOf } from './trainingPairs.ts';

/** How the files are read. The project decides what is undefined. */
interface ReadingOptions {
  readonly relationInput?: RelationSchema['input'] | undefined;
  readonly relationWindow?: number | undefined;
  /** What a person said about the layout of the files. */
  readonly layout?: LayoutChoice | undefined;
  /** One for each path. */
  readonly weights?: readonly number[] | undefined;
}

interface ReadData {
  readonly data: TrainingData;
  /** What could not be read as the files say, and what cannot be learned: sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads the files of a training job. Relation rows are used as they are; annotated documents give the candidate pairs of
 * the project's relation types. Throws `UserError` for files that cannot be read or contain nothing to learn.
 */
export async function readTrainingData(
  task: 'ner' | 're',
  paths: readonly string[],
  projectFolder: string,
  options: ReadingOptions = {},
): Promise<ReadData> {
  const { weights, layout } = options;
  const project = await loadProject(projectFolder);
  const reading = readingFor(project, projectFolder, { layout });
  const parts = paths.map((given, index) => ({ path: given, weight: weights?.[index] }));
  const { data, notes } =
    task === 're'
      ? await readRelations(parts, project, reading, options)
      : await readMentions(parts, reading);
  // The notes become part of the model's record, which should not hold the folders of this computer.
  const problems = summariseProblems(reading.problems, (file) => path.basename(file));
  return { data, notes: [...problems, ...notes] };
}

interface Part {
  readonly path: string;
  readonly weight: number | undefined;
}

async function readMentions(parts: readonly Part[], reading: Reading): Promise<ReadData> {
  const examples: WeightedExample[] = [];
  const documents: Document[] = [];
  const isWeighted = parts.some(({ weight }) => weight !== undefined);
  // Without weights, a file that several paths lead to is read once.
  for (const group of isWeighted ? parts.map((part) => [part]) : [parts]) {
    const paths = group.map((part) => part.path);
    const read = await readDocuments(paths, reading);
    documents.push(...read);
    examples.push(...weighted(tokenExamples(read), group[0]?.weight));
  }
  return { data: { task: 'ner', examples }, notes: unlearnedNotes(documents) };
}

async function readRelations(
  parts: readonly Part[],
  project: Project,
  reading: Reading,
  options: ReadingOptions,
): Promise<ReadData> {
  const schema = schemaOf(project, options);
  const rows: WeightedRow[] = [];
  const documents = [];
  for (const { path: given, weight } of parts) {
    const texts = new Set<string>();
    for (const { file } of await expandPaths([given], reading)) {
      if (holdsRelationRows(file, await readUtf8(file))) {
        rows.push(...weighted(await readRelationRows([file], reading), weight));
      } else if (takeText(texts, file)) {
        const read = await readDocuments([file], reading);
        documents.push(...read);
        rows.push(...weighted(pairsOf(read, schema, file), weight));
      }
    }
  }
  if (documents.length > 0) {
    checkPairs(documents, rows, schema);
    return { data: { task: 're', rows, schema }, notes: [] };
  }
  if (options.relationInput === 'marker') {
    throw new UserError(
      'The mentions of relation rows are always masked, also if the rows tag them. They cannot be marked.',
      { nextStep: 'Leave out --relation-input, or train on documents with spans and relations.' },
    );
  }
  return { data: { task: 're', rows, schema: { ...schema, input: 'mask' } }, notes: [] };
}

/** Whether a text was not read before: the two files of a brat pair are both found. */
function takeText(texts: Set<string>, file: string): boolean {
  const name = file.replace(/\.(?:ann|txt)$/iu, '');
  return texts.size < texts.add(name).size;
}

function schemaOf(project: Project, { relationInput, relationWindow }: ReadingOptions): RelationSchema {
  const schema = relationSchema(project);
  return { ...schema, input: relationInput ?? schema.input, window: relationWindow ?? schema.window };
}

function weighted<T extends object>(items: readonly T[], weight: number | undefined): readonly T[] {
  return weight === undefined ? items : items.map((item) => ({ ...item, weight }));
}
