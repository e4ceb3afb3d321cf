import type { Average, Score } from '../scores.ts';
import type { ErrorKind, PartialView, RelationReport, Report, ReportError } from '../report.ts';

/** A fraction for people: `0.754` as `75.4%`. */
export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)}%`;
}

/** `13589` as `13,589`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-GB');
}

export const errorKinds: readonly ErrorKind[] = ['missed', 'spurious', 'type', 'boundary'];

export const kindNames: Readonly<Record<ErrorKind, string>> = {
  missed: 'Missed',
  spurious: 'Spurious',
  type: 'Wrong type',
  boundary: 'Wrong boundaries',
};

export const kindMeanings: Readonly<Record<ErrorKind, string>> = {
  missed: 'in the gold data, not found',
  spurious: 'marked, but not in the gold data',
  type: 'right words, other type',
  boundary: 'right type, too many or too few words',
};

export const partialViews: readonly PartialView[] = ['strict', 'type', 'exact', 'partial'];

export const partialMeanings: Readonly<Record<PartialView, string>> = {
  strict: 'same words and same type',
  exact: 'same words, whatever the type',
  partial: 'overlapping words count half, whatever the type',
  type: 'same type and at least one word in common',
};

/** What was scored: `strict matching, IOB2, 3 documents`. */
export function settingOf(report: Report): string {
  const size = isOfRows(report) ? countOf(report.rows, 'row') : countOf(report.documents, 'document');
  const matching = isOfRows(report)
    ? [`negative label ${report.negativeLabel}`]
    : [`${report.mode} matching`, ...(report.task === 'ner' ? [report.scheme] : [])];
  const labels = report.labels === undefined ? [] : [`only ${report.labels.join(', ')}`];
  return [...matching, ...labels, size].join(', ');
}

/** Relation rows have a label each, the negative one included; documents only have what is there. */
export function isOfRows(report: Report): report is RelationReport {
  return report.task === 're' && report.scheme === 'rows';
}

export function countOf(count: number, thing: string): string {
  return `${grouped(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/** The interval of micro F1 as a sentence, or why there is none. */
export function intervalSentence({ interval }: Report): string {
  const units = countOf(interval.units, interval.unit);
  if (interval.resamples === 0 || interval.units < 2) {
    return `No interval: the bootstrap needs two or more documents, sentences or rows and found ${units}.`;
  }
  const [low, high] = interval.f1;
  return `${interval.level * 100}% interval of micro F1: ${percent(low)} to ${percent(high)} (${grouped(interval.resamples)} bootstrap resamples of ${units}).`;
}

/** The result for somebody who doesn't read F1 scores. */
export function plainSummary({ task, micro }: Report): string {
  const thing = task === 'ner' ? 'mention' : 'relation';
  if (micro.support === 0) {
    return `The gold data holds no ${thing} to find; ${countOf(micro.predicted, thing)} predicted.`;
  }
  const found = `Of ${countOf(micro.support, thing)} in the gold data, ${grouped(micro.correct)} ${micro.correct === 1 ? 'was' : 'were'} found exactly (${percent(micro.recall)}).`;
  if (micro.predicted === 0) return `${found} Nothing was predicted.`;
  return `${found} Of ${countOf(micro.predicted, thing)} predicted, ${percent(micro.precision)} ${micro.predicted === 1 ? 'is' : 'are'} right.`;
}

/** How the second prediction compares, when there is one. */
export function comparisonSentence({ comparison }: Report): string | undefined {
  if (comparison === undefined) return undefined;
  const { first, second, difference, p, rounds, name = 'the second prediction' } = comparison;
  const verdict = p < 0.05 ? 'more than chance would explain' : 'no more than chance may explain';
  const points = (difference * 100).toFixed(1);
  return `Against ${name}: micro F1 ${percent(first.f1)} here, ${percent(second.f1)} there, a difference of ${points} points, ${verdict} (p = ${p.toFixed(4)}, paired approximate randomisation, ${grouped(rounds)} rounds).`;
}

/** Where an error is: `note-3, line 12`; rows have no document. */
export function placeOf({ document, line }: ReportError): string {
  return document === '' ? `row ${line}` : `${document}, line ${line}`;
}

/** `24 November 2026, 11:25 UTC`; what isn't a date stays as it is. */
export function dateOf(created: string): string {
  const time = new Date(created);
  if (Number.isNaN(time.getTime())) return created;
  const text = time.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${text.replace(' at ', ', ')} UTC`;
}

/** The rows of every score table: one a type, then the averages. */
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
