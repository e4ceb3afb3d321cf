import { counted, grouped, percent, plural } from '../../foundation/numbers.ts';
import type { Average, Score } from '../scores.ts';
import type { ErrorKind, PartialView, RelationReport, Report, ReportError } from '../report.ts';

export const errorKinds: readonly ErrorKind[] = ['missed', 'spurious', 'type', 'boundary'];

export const kindNames: Readonly<Record<ErrorKind | 'correct', string>> = {
  correct: 'Correct',
  missed: 'Missed',
  spurious: 'Spurious',
  type: 'Wrong type',
  boundary: 'Wrong boundaries',
};

export const kindMeanings: Readonly<Record<ErrorKind | 'correct', string>> = {
  correct: 'exactly as in the gold data',
  missed: 'in the gold data, not found',
  spurious: 'marked, but not in the gold data',
  type: 'right words, different type',
  boundary: 'right type, too many or too few words',
};

export const partialViews: readonly PartialView[] = ['strict', 'type', 'exact', 'partial'];

export const partialMeanings: Readonly<Record<PartialView, string>> = {
  strict: 'same words and same type',
  exact: 'same words, whatever the type',
  partial: 'overlapping words count half, whatever the type',
  type: 'same type and at least one word in common',
};

/** What was scored, such as `strict matching, IOB2, 3 documents`. */
export function settingOf(report: Report): string {
  const size = isOfRows(report) ? counted(report.rows, 'row') : counted(report.documents, 'document');
  const matching = isOfRows(report)
    ? [`negative label ${report.negativeLabel}`]
    : [
        `${report.mode} matching`,
        ...(report.task === 'ner' && report.scheme !== 'spans' ? [report.scheme] : []),
      ];
  const labels = report.labels === undefined ? [] : [`only ${report.labels.join(', ')}`];
  return [...matching, ...labels, size].join(', ');
}

/** Relation rows all have a label, which may be the negative one; documents list only the relations that exist. */
export function isOfRows(report: Report): report is RelationReport {
  return report.task === 're' && report.scheme === 'rows';
}

/** The measures of relation rows only, with their meanings. */
export function rowMeasures(
  report: Report,
): readonly (readonly [name: string, value: string, meaning: string])[] {
  if (!isOfRows(report)) return [];
  return [
    ['Accuracy', percent(report.accuracy), 'of all rows are right'],
    ['Balanced accuracy', percent(report.balancedAccuracy), 'mean recall of all labels'],
    ['Matthews correlation', report.mcc.toFixed(3), '1 is perfect, 0 is chance'],
  ];
}

/** The same measures as a sentence. */
export function rowSentence({ accuracy, balancedAccuracy, mcc }: RelationReport): string {
  return `Accuracy ${percent(accuracy)}, balanced accuracy ${percent(balancedAccuracy)}, Matthews correlation ${mcc.toFixed(3)}.`;
}

export function hasInterval({ interval }: Report): boolean {
  return interval.resamples > 0 && interval.units > 1;
}

/** A sentence with the interval of micro F1, or with the reason that it could not be computed. */
export function intervalSentence(report: Report): string {
  const { interval } = report;
  const units = counted(interval.units, interval.unit);
  if (!hasInterval(report)) {
    return `No interval: the bootstrap needs at least two documents, sentences or rows, but found ${units}.`;
  }
  const [low, high] = interval.f1;
  return `${interval.level * 100}% interval of micro F1: ${percent(low)} to ${percent(high)} (${grouped(interval.resamples)} bootstrap resamples of ${units}).`;
}

/** The result for readers who are not used to F1 scores. */
export function plainSummary({ task, micro }: Report): string {
  const thing = task === 'ner' ? 'mention' : 'relation';
  if (micro.support === 0) {
    return `The gold data contains no ${thing}; ${counted(micro.predicted, thing)} predicted.`;
  }
  const found = `Of ${counted(micro.support, thing)} in the gold data, ${grouped(micro.correct)} ${plural(micro.correct, 'was', 'were')} found exactly (${percent(micro.recall)}).`;
  if (micro.predicted === 0) return `${found} Nothing was predicted.`;
  return `${found} Of ${counted(micro.predicted, thing)} predicted, ${percent(micro.precision)} ${plural(micro.predicted, 'is', 'are')} right.`;
}

/** A sentence that compares the two predictions; undefined if there is only one. */
export function comparisonSentence({ comparison }: Report): string | undefined {
  if (comparison === undefined) return undefined;
  const { first, second, difference, p, rounds, name = 'the second prediction' } = comparison;
  const verdict = p < 0.05 ? 'more than chance would explain' : 'which chance alone may explain';
  const points = (difference * 100).toFixed(1);
  return `Against ${name}: micro F1 ${percent(first.f1)} here, ${percent(second.f1)} there, a difference of ${points} points, ${verdict} (p = ${p.toFixed(4)}, paired approximate randomisation, ${grouped(rounds)} rounds).`;
}

/** Where an error is, such as `note-3, line 12`. Rows have no document. */
export function placeOf({ document, line }: ReportError): string {
  return document === '' ? `row ${line}` : `${document}, line ${line}`;
}

/** `24 November 2026, 11:25 UTC`, or in the reader's time zone. Text that is not a date is returned unchanged. */
export function dateOf(created: string, timeZone?: 'UTC'): string {
  const time = new Date(created);
  if (Number.isNaN(time.getTime())) return created;
  const text = time.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone });
  return [text.replace(' at ', ', '), timeZone].join(' ').trim();
}

/** The rows of every score table: the types, then the averages. */
export function scoreRows(report: Report): readonly ScoreRow[] {
  return [
    ...Object.entries(report.types).map(([label, score]) => scoreRow('type', label, score)),
    scoreRow('average', 'Micro average', report.micro),
    scoreRow('average', 'Macro average', report.macro),
  ];
}

function scoreRow(kind: ScoreRow['kind'], label: string, score: Average & Partial<Score>): ScoreRow {
  return { kind, label, ...score };
}

/** A macro average has no counts, so `predicted` and `correct` may be missing. */
interface ScoreRow extends Average {
  readonly kind: 'type' | 'average';
  readonly label: string;
  readonly predicted?: number;
  readonly correct?: number;
}
