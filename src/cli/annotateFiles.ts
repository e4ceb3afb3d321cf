import { runFolders } from '../runs/runFolders.ts';
import type { WrittenFormat } from '../corpus/convert.ts';
import { expandPaths } from '../corpus/paths.ts';
import { type Annotator, type AnnotatorOptions, openAnnotator } from './annotator.ts';
import type { CliContext } from './context.ts';
import {
  checkOutputs,
  countAll,
  outputsOf,
  predictedDocuments,
  predictedRows,
  type PredictionInput,
  predictionPaths,
  readPredictionInput,
  writePredictions,
} from '../tasks/predictionFiles.ts';
import { progressBar } from './progressBar.ts';
import { requireRelationFormat } from './relations.ts';

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
 * replace an input or another output, and then before anything is annotated.
 */
export async function annotateFiles(context: CliContext, options: AnnotateFilesOptions): Promise<Annotated> {
  const annotator = await openAnnotator(context, options);
  const found = await predictionPaths(options.inputs);
  const wanted = {
    task: annotator.task,
    ...(options.format === undefined ? {} : { format: options.format }),
  };
  // Each is read once more when its turn comes: all of them together may be too much to hold.
  const outputs = [];
  for (const path of found) {
    const input = await readPredictionInput(path, wanted);
    if (input.kind === 'documents' && input.documents.length > 0) {
      requireRelationFormat(wanted.task, options.format);
    }
    outputs.push(outputsOf(input, wanted));
  }
  checkOutputs(outputs, options.out, await expandPaths(options.inputs, runFolders));
  const bar = progressBar(process.stderr, 'Annotating');
  const written: string[] = [];
  const counts = { texts: 0, mentions: 0, relations: 0 };
  try {
    for (const [index, path] of found.entries()) {
      const input = await readPredictionInput(path, wanted);
      if (input.kind === 'rows') {
        const rows = await classifyRows(context, input, options);
        counts.texts += rows.length;
        written.push(...(await writePredictions([predictedRows(input, rows)], options.out)));
      } else if (input.documents.length > 0) {
        const documents = await annotator.annotate(input.documents);
        counts.texts += documents.length;
        counts.mentions += countAll(documents, 'spans');
        counts.relations += countAll(documents, 'relations');
        const files = predictedDocuments(input, documents, wanted);
        written.push(...(await writePredictions(files, options.out)));
      }
      bar.update((index + 1) / found.length, `${index + 1}/${found.length} files`);
    }
  } finally {
    bar.finish();
  }
  return { task: annotator.task, written, ...counts, pairs: annotator.pairs() };
}

function classifyRows(
  { worker, signal }: CliContext,
  { rows }: Extract<PredictionInput, { readonly kind: 'rows' }>,
  { model, precision }: AnnotatorOptions,
) {
  return worker.classify({ model, rows, ...(precision === undefined ? {} : { precision }) }, { signal });
}
