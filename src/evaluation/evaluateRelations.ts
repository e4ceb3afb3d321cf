import type { RelationRow } from '../corpus/relationRows.ts';
import { checkAskedLabels } from './askedLabels.ts';
import { accuracy, balancedAccuracy, classTally, confusionOf, matthewsCorrelation } from './confusion.ts';
import { intervalLevel, type ReportOptions } from './evaluateMentions.ts';
import { checkRowsAgree } from './pairRows.ts';
import { countRows, listRowErrors } from './relationErrors.ts';
import type { RelationReport } from './report.ts';
import { bootstrapF1, type UnitCounts, unitCounts } from './resampling.ts';
import { macroOf, type Score, scoreOf } from './scores.ts';

export interface EvaluateRelationsOptions extends ReportOptions {
  /** The label that says there is no relation. Default `0`. */
  readonly negativeLabel?: string;
}

/**
 * Scores of predicted against gold labels, row by row. Micro and macro are over the positive labels.
 * Throws `UserError` when the rows' texts differ or no label asked for appears.
 */
export function evaluateRelations(
  gold: readonly RelationRow[],
  predicted: readonly RelationRow[],
  options: EvaluateRelationsOptions,
): RelationReport {
  const { negativeLabel = '0', seed = 1, resamples = 1000, maxErrors = 1000, labels } = options;
  checkRowsAgree(gold, predicted);
  checkAskedLabels(labels, new Set([...gold, ...predicted].map(labelOf)));
  const goldRows = keepLabels(gold, labels, negativeLabel);
  const predictedRows = keepLabels(predicted, labels, negativeLabel);

  const confusion = confusionOf(goldRows.map(labelOf), predictedRows.map(labelOf));
  const types: Record<string, Score> = Object.fromEntries(
    confusion.labels.map((label, k) => [label, scoreOf(classTally(confusion, k))]),
  );
  const positive = Object.entries(types).filter(([label]) => label !== negativeLabel);
  const counts = relationUnits(goldRows, predictedRows, negativeLabel);
  const { errors, leftOut } = listRowErrors(goldRows, predictedRows, negativeLabel, maxErrors);
  const sum = (of: (score: Score) => number): number =>
    positive.reduce((total, [, score]) => total + of(score), 0);
  return {
    task: 're',
    title: options.title ?? 'Relation scores',
    created: options.created,
    sources: options.sources ?? { gold: [], predicted: [] },
    mode: 'strict',
    scheme: 'rows',
    ...(labels === undefined ? {} : { labels }),
    rows: gold.length,
    negativeLabel,
    micro: scoreOf({
      correct: sum(({ correct }) => correct),
      predicted: sum((score) => score.predicted),
      gold: sum(({ support }) => support),
    }),
    macro: macroOf(positive.map(([, score]) => score)),
    types,
    accuracy: accuracy(confusion),
    balancedAccuracy: balancedAccuracy(confusion),
    mcc: matthewsCorrelation(confusion),
    interval: {
      f1: bootstrapF1(counts, { resamples, seed, level: intervalLevel }),
      level: intervalLevel,
      resamples,
      unit: 'row',
      units: gold.length,
      seed,
    },
    counts: countRows(goldRows, predictedRows, negativeLabel),
    errors,
    errorsLeftOut: leftOut,
  };
}

const labelOf = ({ label }: RelationRow): string => label;

/** Rows whose label isn't asked for become negative. */
export function keepLabels(
  rows: readonly RelationRow[],
  labels: readonly string[] | undefined,
  negativeLabel: string,
): readonly RelationRow[] {
  if (labels === undefined) return rows;
  const kept = new Set(labels);
  return rows.map((row) => (kept.has(row.label) ? row : { ...row, label: negativeLabel }));
}

/** One unit a row, counting its positive labels. */
export function relationUnits(
  gold: readonly RelationRow[],
  predicted: readonly RelationRow[],
  negativeLabel: string,
): UnitCounts {
  const counts = unitCounts(gold.length);
  gold.forEach(({ label }, i) => {
    const guess = (predicted[i] as RelationRow).label;
    counts.gold[i] = Number(label !== negativeLabel);
    counts.predicted[i] = Number(guess !== negativeLabel);
    counts.correct[i] = Number(label === guess && label !== negativeLabel);
  });
  return counts;
}
