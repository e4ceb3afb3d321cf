import type { RelationRow } from '../corpus/relationRows.ts';
import { type ErrorList, fairShare } from './errorList.ts';
import type { ErrorCounts, ErrorKind, ReportError } from './report.ts';

const longestText = 160;

/** How the labels of a row compare; undefined if both are negative. */
function rowKind(gold: string, predicted: string, negativeLabel: string): ErrorKind | 'correct' | undefined {
  if (gold === predicted) return gold === negativeLabel ? undefined : 'correct';
  if (predicted === negativeLabel) return 'missed';
  return gold === negativeLabel ? 'spurious' : 'type';
}

export function countRows(
  gold: readonly RelationRow[],
  predicted: readonly RelationRow[],
  negativeLabel: string,
): ErrorCounts {
  const counts = { correct: 0, missed: 0, spurious: 0, type: 0, boundary: 0 };
  gold.forEach(({ label }, i) => {
    const kind = rowKind(label, (predicted[i] as RelationRow).label, negativeLabel);
    if (kind !== undefined) counts[kind]++;
  });
  return counts;
}

/** At most `most` wrong rows. `line` is the number of the row, from 1. */
export function listRowErrors(
  gold: readonly RelationRow[],
  predicted: readonly RelationRow[],
  negativeLabel: string,
  most: number,
): ErrorList {
  const all = gold.flatMap((row, i) => {
    const kind = rowKind(row.label, (predicted[i] as RelationRow).label, negativeLabel);
    return kind === undefined || kind === 'correct' ? [] : [{ kind, row: i }];
  });
  const kept = fairShare(all, most);
  const errors = kept.map(({ kind, row }) =>
    describe(kind, row, gold[row] as RelationRow, predicted[row] as RelationRow),
  );
  return { errors, leftOut: all.length - kept.length };
}

function describe(kind: ErrorKind, row: number, gold: RelationRow, predicted: RelationRow): ReportError {
  const text = gold.text.length > longestText ? `${gold.text.slice(0, longestText)}…` : gold.text;
  return {
    kind,
    document: '',
    line: row + 1,
    start: 0,
    end: gold.text.length,
    gold: { label: gold.label, text },
    predicted: {
      label: predicted.label,
      text,
      ...(predicted.score === undefined ? {} : { score: predicted.score }),
    },
    before: '',
    after: '',
  };
}
