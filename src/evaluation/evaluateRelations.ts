import type { RelationRow } from '../corpus/relationRows.ts';
import { accuracy, balancedAccuracy, classTally, confusionOf, matthewsCorrelation } from './confusion.ts';
import { checkRowsAgree } from './pairRows.ts';
import { countRows, listRowErrors } from './relationErrors.ts';
import type { RelationReport } from './report.ts';
import { checkChosenLabels, mostErrors, type ReportOptions, reportParts } from './reportParts.ts';
import { type UnitCounts, unitCounts } from './resampling.ts';
import { macroOf, type Score, scoreOf } from './scores.ts';

export interface EvaluateRelationsOptions extends ReportOptions {
  /** The label for "no relation". Default `0`. */
  readonly negativeLabel?: string;
}

/**
 * Scores predicted against gold labels, row by row. Micro and macro averages are over the positive labels. Throws
 * `UserError` if the texts of the rows differ or none of the chosen labels occurs.
 */
export function evaluateRelations(
  gold: readonly RelationRow[],
  predicted: readonly RelationRow[],
  options: EvaluateRelationsOptions,
): RelationReport {
  const { negativeLabel = '0', maxErrors = mostErrors, labels } = options;
  checkRowsAgree(gold, predicted);
  checkChosenLabels(labels, [...gold, ...predicted].map(labelOf));
  const goldRows = keepLabels(gold, labels, negativeLabel);
  const predictedRows = keepLabels(predicted, labels, negativeLabel);

  const confusion = confusionOf(goldRows.map(labelOf), predictedRows.map(labelOf));
  const types: Record<string, Score> = Object.fromEntries(
    confusion.labels.map((label, k) => [label, scoreOf(classTally(confusion, k))]),
  );
  const positive = Object.entries(types).filter(([label]) => label !== negativeLabel);
  const sum = (of: (score: Score) => number): number =>
    positive.reduce((total, [, score]) => total + of(score), 0);
  return {
    task: 're',
    mode: 'strict',
    scheme: 'rows',
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
    counts: countRows(goldRows, predictedRows, negativeLabel),
    ...reportParts(options, {
      usualTitle: 'Relation scores',
      unit: 'row',
      counts: relationUnits(goldRows, predictedRows, negativeLabel),
      errors: listRowErrors(goldRows, predictedRows, negativeLabel, maxErrors),
    }),
  };
}

const labelOf = ({ label }: RelationRow): string => label;

/** Labels that were not chosen become the negative label. */
export function keepLabels(
  rows: readonly RelationRow[],
  labels: readonly string[] | undefined,
  negativeLabel: string,
): readonly RelationRow[] {
  if (labels === undefined) return rows;
  const kept = new Set(labels);
  return rows.map((row) => (kept.has(row.label) ? row : { ...row, label: negativeLabel }));
}

/** The counts of positive labels in each row. */
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
