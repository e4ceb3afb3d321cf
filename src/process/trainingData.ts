import { newReading, runFolders } from '../runs/runFolders.ts';
import { tokenExamples } from '../corpus/examples.ts';
import { readUtf8 } from '../corpus/decode.ts';
import { expandPaths } from '../corpus/paths.ts';
import { holdsRelationRows, readDocuments, readRelationRows } from '../corpus/read.ts';
import { UserError } from '../foundation/userError.ts';
import { loadProject } from '../project/parseProject.ts';
import { relationSchema, type RelationSchema } from '../project/relationSchema.ts';
import type { TrainingData, WeightedRow } from '../training/trainOptions.ts';
import { checkPairs, pairsOf } from './trainingPairs.ts';

/** How documents with relations become rows. The project decides what is undefined. */
interface ReadingOptions {
  readonly relationInput?: RelationSchema['input'] | undefined;
  readonly relationWindow?: number | undefined;
  /** One for each path. */
  readonly weights?: readonly number[] | undefined;
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
): Promise<TrainingData> {
  const { weights } = options;
  const parts = paths.map((path, index) => ({ path, weight: weights?.[index] }));
  if (task === 're') return readRelations(parts, projectFolder, options);
  if (weights === undefined)
    return { task: 'ner', examples: tokenExamples(await readDocuments(paths, newReading())) };
  const examples = [];
  for (const { path, weight } of parts) {
    examples.push(...weighted(tokenExamples(await readDocuments([path], newReading())), weight));
  }
  return { task: 'ner', examples };
}

interface Part {
  readonly path: string;
  readonly weight: number | undefined;
}

async function readRelations(
  parts: readonly Part[],
  projectFolder: string,
  options: ReadingOptions,
): Promise<TrainingData> {
  const schema = await schemaOf(projectFolder, options);
  const rows: WeightedRow[] = [];
  const documents = [];
  for (const { path, weight } of parts) {
    const texts = new Set<string>();
    for (const { file } of await expandPaths([path], runFolders)) {
      if (holdsRelationRows(file, await readUtf8(file))) {
        rows.push(...weighted(await readRelationRows([file], runFolders), weight));
      } else if (takeText(texts, file)) {
        const read = await readDocuments([file], newReading());
        documents.push(...read);
        rows.push(...weighted(pairsOf(read, schema, file), weight));
      }
    }
  }
  if (documents.length > 0) {
    checkPairs(documents, rows, schema);
    return { task: 're', rows, schema };
  }
  if (options.relationInput === 'marker') {
    throw new UserError(
      'The mentions of relation rows are always masked, also if the rows tag them. They cannot be marked.',
      { nextStep: 'Leave out --relation-input, or train on documents with spans and relations.' },
    );
  }
  return { task: 're', rows, schema: { ...schema, input: 'mask' } };
}

/** Whether a text was not read before: the two files of a brat pair are both found. */
function takeText(texts: Set<string>, file: string): boolean {
  const name = file.replace(/\.(?:ann|txt)$/iu, '');
  return texts.size < texts.add(name).size;
}

async function schemaOf(
  projectFolder: string,
  { relationInput, relationWindow }: ReadingOptions,
): Promise<RelationSchema> {
  const schema = relationSchema(await loadProject(projectFolder));
  return { ...schema, input: relationInput ?? schema.input, window: relationWindow ?? schema.window };
}

function weighted<T extends object>(items: readonly T[], weight: number | undefined): readonly T[] {
  return weight === undefined ? items : items.map((item) => ({ ...item, weight }));
}
