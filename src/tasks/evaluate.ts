import type { LayoutChoice } from '../corpus/bio/format.ts';
import { looseMentions } from '../corpus/bio/looseMentions.ts';
import { summariseProblems } from '../corpus/problemSummary.ts';
import type { Document } from '../corpus/document.ts';
import { areRelationRows, readDocuments, readRelationRows } from '../corpus/read.ts';
import type { Reading } from '../corpus/reading.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import {
  compareDocumentRelations,
  comparePredictions,
  compareRelationPredictions,
} from '../evaluation/compare.ts';
import { counted } from '../foundation/numbers.ts';
import { evaluateMentions, type EvaluateOptions } from '../evaluation/evaluateMentions.ts';
import {
  type DocumentRelationOptions,
  evaluateDocumentRelations,
} from '../evaluation/evaluateDocumentRelations.ts';
import { evaluateRelations } from '../evaluation/evaluateRelations.ts';
import type { Comparison, MatchMode, Report } from '../evaluation/report.ts';
import type { WorkerClient } from '../process/client.ts';
import { loadProject } from '../project/parseProject.ts';
import { symmetricNames } from '../project/relationSchema.ts';
import { runFolders } from '../runs/runFolders.ts';
import { scoredSides } from './scoredSides.ts';

/** The source of predictions: files, or a model that is run on the gold texts. */
export type Predictor =
  | { readonly kind: 'files'; readonly files: readonly string[] }
  | { readonly kind: 'model'; readonly folder: string };

interface EvaluateInput {
  readonly task: 'ner' | 're';
  /** Files, folders or globs. */
  readonly gold: readonly string[];
  readonly predictor: Predictor;
  /** A second set of predictions, to test whether the difference is more than chance. */
  readonly compare?: readonly string[] | undefined;
  /** The labels that count; all if undefined. */
  readonly labels?: readonly string[] | undefined;
  readonly mode?: MatchMode;
  /** The scheme of the tags; recognised in the files if undefined. */
  readonly scheme?: string | undefined;
  /** What a person said about the layout of the files. */
  readonly layout?: LayoutChoice | undefined;
  /** Of the bootstrap. */
  readonly seed?: number;
  /** Its chartmark.json says which relations are symmetric. */
  readonly projectFolder: string;
  readonly title: string;
  /** When the scoring is done, ISO 8601. */
  readonly created: string;
  /** How the report names a file. */
  readonly shownPath: (file: string) => string;
}

interface EvaluateHooks {
  readonly worker: Pick<WorkerClient, 'annotate' | 'classify' | 'relate'>;
  readonly signal: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
  /** Asks which labels count if the predictions have mentions with labels (`extra`) that the gold texts never have. */
  readonly chooseLabels?: (gold: readonly string[], extra: readonly string[]) => Promise<readonly string[]>;
}

/** Scores predictions against gold annotations. Throws `UserError` if something cannot be read or the texts differ. */
export async function evaluatePredictions(input: EvaluateInput, hooks: EvaluateHooks): Promise<Report> {
  if (input.task === 'ner') return score(mentions(hooks), input);
  return (await areRelationRows(input.gold, runFolders))
    ? score(relationRows(hooks), input)
    : score(documentRelations(hooks, input), input, symmetricNames(await loadProject(input.projectFolder)));
}

type Options = EvaluateOptions & DocumentRelationOptions & { readonly name: string };

/** How a kind of annotation is read, predicted, scored and compared. */
interface Kind<Item> {
  readonly read: (paths: readonly string[], reading: Reading) => Promise<readonly Item[]>;
  /** The number of mentions that strict matching leaves out because their tags do not follow their scheme. */
  readonly loose?: (items: readonly Item[]) => number;
  readonly predict: (model: string, gold: readonly Item[]) => Promise<readonly Item[]>;
  readonly labels?: (
    gold: readonly Item[],
    predicted: readonly Item[],
  ) => Promise<readonly string[] | undefined>;
  readonly report: (gold: readonly Item[], predicted: readonly Item[], options: Options) => Report;
  readonly compare: (
    gold: readonly Item[],
    first: readonly Item[],
    second: readonly Item[],
    options: Options,
  ) => Comparison;
}

async function score<Item>(
  kind: Kind<Item>,
  input: EvaluateInput,
  symmetric: readonly string[] = [],
): Promise<Report> {
  const { predictor, title, created, compare = [], shownPath, mode = 'strict', seed } = input;
  const files = predictor.kind === 'files';
  const sides = await scoredSides(input);
  const gold = await kind.read(input.gold, sides.gold);
  const predicted = files
    ? await kind.read(predictor.files, sides.predicted())
    : await kind.predict(predictor.folder, gold);
  const labels = input.labels ?? (await kind.labels?.(gold, predicted));
  const sources = files ? predictor.files : [predictor.folder];
  const options: Options = {
    title,
    created,
    sources: { gold: input.gold.map(shownPath), predicted: sources.map(shownPath) },
    symmetric,
    name: compare.join(', '),
    ...(labels === undefined ? {} : { labels }),
    mode,
    scheme: sides.scheme(),
    ...(seed === undefined ? {} : { seed }),
  };
  const others = compare.length === 0 ? [] : await kind.read(compare, sides.predicted());
  const notes = [
    ...summariseProblems(sides.problems(), shownPath),
    ...(mode === 'strict' && kind.loose !== undefined
      ? [...looseNote(kind.loose(gold), 'gold'), ...looseNote(kind.loose(predicted), 'predicted')]
      : []),
  ];
  const report = { ...kind.report(gold, predicted, options), ...(notes.length === 0 ? {} : { notes }) };
  if (compare.length === 0) return report;
  return { ...report, comparison: kind.compare(gold, predicted, others, options) };
}

function mentions({ worker, chooseLabels, ...hooks }: EvaluateHooks): Kind<Document> {
  return {
    read: readDocuments,
    loose: (documents) => documents.reduce((sum, document) => sum + looseMentions(document).size, 0),
    predict: (model, documents) => worker.annotate({ model, documents }, workerHooks(hooks)),
    async labels(gold, predicted) {
      const inGold = labelsOf(gold);
      const extra = labelsOf(predicted).filter((label) => !inGold.includes(label));
      // If the gold texts have no mentions, all labels count.
      return extra.length === 0 || inGold.length === 0 ? undefined : chooseLabels?.(inGold, extra);
    },
    report: evaluateMentions,
    compare: comparePredictions,
  };
}

function looseNote(count: number, side: 'gold' | 'predicted'): readonly string[] {
  if (count === 0) return [];
  const left = counted(count, `${side} mention`);
  return [
    `Strict matching leaves out ${left} whose tags do not follow the scheme. ` +
      'If the tags are right, name their scheme (--scheme), or match as conlleval does (--mode conlleval).',
  ];
}

function labelsOf(documents: readonly Document[]): readonly string[] {
  return [...new Set(documents.flatMap(({ spans }) => spans.map(({ label }) => label)))].sort();
}

function documentRelations(
  { worker, ...hooks }: EvaluateHooks,
  { projectFolder }: EvaluateInput,
): Kind<Document> {
  return {
    read: readDocuments,
    predict: async (model, documents) =>
      (await worker.relate({ model, documents, projectFolder }, workerHooks(hooks))).documents,
    report: evaluateDocumentRelations,
    compare: compareDocumentRelations,
  };
}

function relationRows({ worker, ...hooks }: EvaluateHooks): Kind<RelationRow> {
  return {
    read: readRelationRows,
    predict: (model, rows) => worker.classify({ model, rows }, workerHooks(hooks)),
    report: evaluateRelations,
    compare: compareRelationPredictions,
  };
}

function workerHooks({ signal, onProgress }: Omit<EvaluateHooks, 'worker'>) {
  return {
    signal,
    onProgress: ({ done, total }: { readonly done: number; readonly total: number }) =>
      onProgress?.(total === 0 ? 1 : done / total),
  };
}
