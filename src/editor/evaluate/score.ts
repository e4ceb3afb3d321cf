import { runFolders } from '../../runs/runFolders.ts';
import path from 'node:path';
import type { Document } from '../../corpus/document.ts';
import { areRelationRows, readDocuments, readRelationRows } from '../../corpus/read.ts';
import { evaluate } from '../../evaluation/evaluate.ts';
import { evaluateDocumentRelations } from '../../evaluation/evaluateDocumentRelations.ts';
import { evaluateRelations } from '../../evaluation/evaluateRelations.ts';
import type { Report, ReportSources } from '../../evaluation/report.ts';
import type { WorkerClient } from '../../process/client.ts';

/** Where the predictions come from. */
export type Predictor =
  | { readonly kind: 'model'; readonly folder: string }
  | { readonly kind: 'file'; readonly file: string };

/** What to score, and how to hear about it. */
interface ScoreRequest {
  readonly gold: string;
  readonly predictor: Predictor;
  /** The workspace folder: the report names files as seen from it. */
  readonly folder: string;
  /** Relations whose ends may be exchanged. */
  readonly symmetric: readonly string[];
  readonly created: string;
  readonly title: string;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
  /** Settles which types count when the predictions have some (`extra`) that the gold data never marks. */
  readonly chooseLabels: (gold: readonly string[], extra: readonly string[]) => Promise<readonly string[]>;
}

/** Scores mentions. Throws `UserError` when a file or the model cannot be read or the texts differ. */
export async function scoreMentions(worker: WorkerClient, request: ScoreRequest): Promise<Report> {
  const { gold, predictor, signal } = request;
  const documents = await readDocuments([gold], runFolders);
  const predicted =
    predictor.kind === 'file'
      ? await readDocuments([predictor.file], runFolders)
      : await worker.annotate(
          { model: predictor.folder, documents },
          { signal, onProgress: progressOf(request) },
        );
  const goldLabels = labelsOf(documents);
  const extra = labelsOf(predicted).filter((label) => !goldLabels.includes(label));
  // Without a mention in the gold data there is nothing to choose by: all types count.
  const labels =
    extra.length === 0 || goldLabels.length === 0 ? undefined : await request.chooseLabels(goldLabels, extra);
  return evaluate(documents, predicted, {
    ...optionsOf(request),
    ...(labels === undefined ? {} : { labels }),
  });
}

function labelsOf(documents: readonly Document[]): string[] {
  return [...new Set(documents.flatMap(({ spans }) => spans.map(({ label }) => label)))].sort();
}

/** Scores relation rows, or relations between the mentions of documents. Throws like `scoreMentions`. */
export async function scoreRelations(worker: WorkerClient, request: ScoreRequest): Promise<Report> {
  return (await areRelationRows([request.gold], runFolders))
    ? scoreRows(worker, request)
    : scoreDocumentRelations(worker, request);
}

async function scoreDocumentRelations(worker: WorkerClient, request: ScoreRequest): Promise<Report> {
  const { gold, predictor, folder, symmetric, signal } = request;
  const documents = await readDocuments([gold], runFolders);
  const relate = async (model: string): Promise<readonly Document[]> => {
    const job = { model, documents, projectFolder: folder };
    return (await worker.relate(job, { signal, onProgress: progressOf(request) })).documents;
  };
  const predicted =
    predictor.kind === 'file'
      ? await readDocuments([predictor.file], runFolders)
      : await relate(predictor.folder);
  return evaluateDocumentRelations(documents, predicted, { ...optionsOf(request), symmetric });
}

async function scoreRows(worker: WorkerClient, request: ScoreRequest): Promise<Report> {
  const { gold, predictor, signal } = request;
  const rows = await readRelationRows([gold], runFolders);
  const predicted =
    predictor.kind === 'file'
      ? await readRelationRows([predictor.file], runFolders)
      : await worker.classify({ model: predictor.folder, rows }, { signal, onProgress: progressOf(request) });
  return evaluateRelations(rows, predicted, optionsOf(request));
}

function progressOf({ onProgress }: ScoreRequest): (progress: { done: number; total: number }) => void {
  return ({ done, total }) => onProgress(total === 0 ? 1 : done / total);
}

function optionsOf({ gold, predictor, folder, created, title }: ScoreRequest): {
  readonly created: string;
  readonly title: string;
  readonly sources: ReportSources;
} {
  const shown = (file: string): string => path.relative(folder, file).replaceAll(path.sep, '/');
  const predicted = predictor.kind === 'model' ? predictor.folder : predictor.file;
  return { created, title, sources: { gold: [shown(gold)], predicted: [shown(predicted)] } };
}
