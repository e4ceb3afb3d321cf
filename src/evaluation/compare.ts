import type { Document } from '../corpus/document.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import { type EvaluateOptions, scoreTexts } from './evaluateMentions.ts';
import { type DocumentRelationOptions, documentRelationUnits } from './evaluateDocumentRelations.ts';
import { type EvaluateRelationsOptions, keepLabels, relationUnits } from './evaluateRelations.ts';
import { countsByUnit } from './mentionUnits.ts';
import { checkRowsAgree } from './pairRows.ts';
import type { Comparison } from './report.ts';
import { randomisationTest, total, type UnitCounts } from './resampling.ts';
import { scoreOf } from './scores.ts';

interface CompareOptions {
  /** Rounds of the randomisation test. Default 10,000. */
  readonly rounds?: number;
  /** Default 1. */
  readonly seed?: number;
  /** The name of the second prediction in the report. */
  readonly name?: string;
}

/**
 * Whether two predictions of the same gold documents differ in micro F1 by more than chance.
 * Whole documents are swapped, or sentences if there is only one document. Throws `UserError` as `evaluateMentions` does.
 */
export function comparePredictions(
  gold: readonly Document[],
  first: readonly Document[],
  second: readonly Document[],
  options: CompareOptions & Pick<EvaluateOptions, 'labels' | 'mode' | 'scheme'> = {},
): Comparison {
  return compareUnits(
    countsByUnit(scoreTexts(gold, first, options)).counts,
    countsByUnit(scoreTexts(gold, second, options)).counts,
    options,
  );
}

/** The same for relation rows. Throws `UserError` as `evaluateRelations` does. */
export function compareRelationPredictions(
  gold: readonly RelationRow[],
  first: readonly RelationRow[],
  second: readonly RelationRow[],
  options: CompareOptions & Pick<EvaluateRelationsOptions, 'labels' | 'negativeLabel'> = {},
): Comparison {
  const { labels, negativeLabel = '0' } = options;
  const unitsOf = (predicted: readonly RelationRow[]): UnitCounts => {
    checkRowsAgree(gold, predicted);
    return relationUnits(
      keepLabels(gold, labels, negativeLabel),
      keepLabels(predicted, labels, negativeLabel),
      negativeLabel,
    );
  };
  return compareUnits(unitsOf(first), unitsOf(second), options);
}

/** The same for relations of documents; whole documents are swapped. */
export function compareDocumentRelations(
  gold: readonly Document[],
  first: readonly Document[],
  second: readonly Document[],
  options: CompareOptions & Pick<DocumentRelationOptions, 'labels' | 'symmetric'> = {},
): Comparison {
  return compareUnits(
    documentRelationUnits(gold, first, options),
    documentRelationUnits(gold, second, options),
    options,
  );
}

function compareUnits(
  first: UnitCounts,
  second: UnitCounts,
  { rounds = 10_000, seed = 1, name }: CompareOptions,
): Comparison {
  const scores = { first: scoreOf(total(first)), second: scoreOf(total(second)) };
  return {
    ...scores,
    difference: scores.second.f1 - scores.first.f1,
    p: randomisationTest(first, second, { rounds, seed }),
    rounds,
    seed,
    ...(name === undefined ? {} : { name }),
  };
}
