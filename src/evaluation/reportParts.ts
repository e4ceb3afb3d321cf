import { UserError } from '../foundation/userError.ts';
import type { ErrorList } from './errorList.ts';
import type { Interval, Report, ReportSources } from './report.ts';
import { bootstrapF1, type UnitCounts } from './resampling.ts';

export interface ReportOptions {
  /** When the scoring is done, ISO 8601: a report reads no clock. */
  readonly created: string;
  readonly title?: string;
  readonly sources?: ReportSources;
  /** Score these labels only: on both sides the rest is as if it were not there. */
  readonly labels?: readonly string[];
  /** Of the bootstrap; the same seed gives the same interval. Default 1. */
  readonly seed?: number;
  /** Bootstrap resamples; 0 for no interval. Default 1,000. */
  readonly resamples?: number;
  /** The most errors to list. Default 1,000. */
  readonly maxErrors?: number;
}

export const mostErrors = 1000;

const level = 0.95;

type ReportParts = Pick<
  Report,
  'title' | 'created' | 'sources' | 'labels' | 'interval' | 'errors' | 'errorsLeftOut'
>;

/** What reports of all tasks say alike: what was scored, the interval of the units, and the errors. */
export function reportParts(
  {
    title,
    created,
    sources = { gold: [], predicted: [] },
    labels,
    seed = 1,
    resamples = 1000,
  }: ReportOptions,
  {
    usualTitle,
    unit,
    counts,
    errors: { errors, leftOut },
  }: {
    readonly usualTitle: string;
    readonly unit: Interval['unit'];
    readonly counts: UnitCounts;
    readonly errors: ErrorList;
  },
): ReportParts {
  return {
    title: title ?? usualTitle,
    created,
    sources,
    ...(labels === undefined ? {} : { labels }),
    interval: {
      f1: bootstrapF1(counts, { resamples, seed, level }),
      level,
      resamples,
      unit,
      units: counts.correct.length,
      seed,
    },
    errors,
    errorsLeftOut: leftOut,
  };
}

/**
 * A label that neither side has is most likely a typing error, and would silently score 0. Throws `UserError` if none of
 * the chosen labels is among `there`, those of the gold data and the predictions.
 */
export function checkChosenLabels(chosen: readonly string[] | undefined, there: Iterable<string>): void {
  const known = new Set(there);
  if (chosen === undefined || known.size === 0 || chosen.some((label) => known.has(label))) return;
  throw new UserError(`None of the labels ${chosen.join(', ')} appears in the data.`, {
    nextStep: `Choose from: ${[...known].sort().join(', ')}.`,
  });
}
