import type { ErrorKind, PartialView, Report, ReportError } from '../../src/evaluation/report.ts';
import { countOf, grouped } from '../counts.ts';
import { percent } from '../percent.ts';

export const errorKinds: readonly ErrorKind[] = ['missed', 'spurious', 'type', 'boundary'];

export const kindNames: Readonly<Record<ErrorKind | 'correct', string>> = {
  correct: 'Correct',
  missed: 'Missed',
  spurious: 'Spurious',
  type: 'Wrong type',
  boundary: 'Wrong boundaries',
};

export const kindMeanings: Readonly<Record<ErrorKind | 'correct', string>> = {
  correct: 'as in the gold data',
  missed: 'in the gold data, not found',
  spurious: 'marked, but not in the gold data',
  type: 'right words, other type',
  boundary: 'right type, too many or too few words',
};

export const partialViews: readonly (readonly [view: PartialView, name: string, meaning: string])[] = [
  ['strict', 'Strict', 'same words and same type'],
  ['type', 'Type', 'same type and at least one word in common'],
  ['exact', 'Exact', 'same words, whatever the type'],
  ['partial', 'Partial', 'overlapping words count half, whatever the type'],
];

/** `strict matching, IOB2, 3 documents`. */
export function settingOf(report: Report): string {
  const setting =
    report.task === 'ner'
      ? [`${report.mode} matching`, report.scheme, countOf(report.documents, 'document')]
      : report.scheme === 'rows'
        ? [`negative label ${report.negativeLabel}`, countOf(report.rows, 'row')]
        : [`${report.mode} matching`, countOf(report.documents, 'document')];
  const labels = report.labels === undefined ? [] : [`only ${report.labels.join(', ')}`];
  return [...setting, ...labels].join(', ');
}

/** The date in the reader's own time zone; what isn't a date stays as it is. */
export function dateOf(created: string): string {
  const time = new Date(created);
  if (Number.isNaN(time.getTime())) return created;
  return time.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}

export function hasInterval({ interval }: Report): boolean {
  return interval.resamples > 0 && interval.units > 1;
}

export function intervalSentence(report: Report): string {
  const { f1, level, resamples, unit, units } = report.interval;
  if (!hasInterval(report))
    return `No interval: ${countOf(units, unit)} to resample, two or more are needed.`;
  return `${level * 100}% interval ${percent(f1[0])} to ${percent(f1[1])}, ${grouped(resamples)} bootstrap resamples of ${countOf(units, unit)}`;
}

/** Where an error is: `note-3, line 12`; rows have no document. */
export function placeOf({ document, line }: ReportError): string {
  return document === '' ? `row ${line}` : `${document}, line ${line}`;
}
