import type { LayoutChoice } from '../corpus/bio/format.ts';
import type { WrittenFormat } from '../corpus/formatDocuments.ts';
import type { Problem } from '../corpus/problem.ts';
import type { WorkerClient } from '../process/client.ts';
import { annotateDocuments, type AnnotateHooks, type AnnotatingModels } from './annotate.ts';
import {
  countAll,
  outputsOf,
  type Prediction,
  predictedDocuments,
  predictedRows,
  type PredictionInput,
  predictionFolder,
  predictionPaths,
  readPredictionInput,
} from './predictionFiles.ts';
import { projectReading } from './projectReading.ts';

interface AnnotateFilesInput {
  readonly inputs: readonly string[];
  readonly models: AnnotatingModels;
  readonly out: string;
  /** If undefined, the format of the input (brat for plain text, JSONL for relations between the mentions of a BIO file). */
  readonly format?: WrittenFormat | undefined;
  /** What a person said about the layout of the files. */
  readonly layout?: LayoutChoice | undefined;
  /** Whether files of the user in the folder may be replaced, too. */
  readonly force?: boolean | undefined;
}

interface AnnotateFilesHooks extends Omit<AnnotateHooks, 'onProgress'> {
  readonly worker: Pick<WorkerClient, 'annotate' | 'classify' | 'relate'>;
  readonly onProgress?: (done: number, total: number) => void;
}

interface AnnotatedFiles {
  readonly files: readonly string[];
  /** Documents, or relation rows. */
  readonly texts: number;
  readonly mentions: number;
  readonly relations: number;
  /** Pairs of mentions that a model for relations judged. */
  readonly pairs: number;
  /** What was read differently from what the files say. */
  readonly problems: readonly Problem[];
}

/**
 * Annotates files and writes the results into a folder under the names of the inputs. A BIO file keeps its lines and columns
 * and gets new tags; relation rows get labels and scores. Throws `UserError`, also if an output would replace an input,
 * another output or a file of the user, which is checked before anything is annotated.
 */
export async function annotateFiles(
  { inputs, models, out, format, layout, force }: AnnotateFilesInput,
  { onProgress, ...hooks }: AnnotateFilesHooks,
): Promise<AnnotatedFiles> {
  const { all, read: found } = await predictionPaths(inputs, out);
  const task = models.relations === undefined ? 'ner' : 're';
  const wanted: Prediction = { task, ...(format === undefined ? {} : { format }) };
  const reading = await projectReading(models.projectFolder, { layout });
  // Each file is read again later, because all of them together may not fit in memory.
  const outputs = [];
  for (const file of found) outputs.push(outputsOf(await readPredictionInput(file, wanted, reading), wanted));
  const again = { ...reading, problems: [] };
  const folder = await predictionFolder(outputs, { out, force }, all);
  const files: string[] = [];
  const counts = { texts: 0, mentions: 0, relations: 0, pairs: 0 };
  for (const [index, file] of found.entries()) {
    const input = await readPredictionInput(file, wanted, again);
    if (input.kind === 'rows') {
      const rows = await classifyRows(input, models, hooks);
      counts.texts += rows.length;
      files.push(...(await folder.write([predictedRows(input, rows)])));
    } else if (input.documents.length > 0) {
      const { documents, pairs } = await annotateDocuments(input.documents, models, hooks);
      counts.texts += documents.length;
      counts.mentions += countAll(documents, 'spans');
      counts.relations += countAll(documents, 'relations');
      counts.pairs += pairs;
      files.push(...(await folder.write(predictedDocuments(input, documents, wanted))));
    }
    onProgress?.(index + 1, found.length);
  }
  return { files, ...counts, problems: reading.problems };
}

function classifyRows(
  { rows }: Extract<PredictionInput, { readonly kind: 'rows' }>,
  { mentions = '', relations = mentions, precision }: AnnotatingModels,
  { worker, signal }: AnnotateFilesHooks,
) {
  const job = { model: relations, rows, ...(precision === undefined ? {} : { precision }) };
  return worker.classify(job, { signal });
}
