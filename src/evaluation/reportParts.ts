import { UserError } from '../foundation/userError.ts';
import type { ErrorList } from './errorList.ts';
import type { Interval, Report, ReportSources } from './report.ts';
import { bootstrapF1, type UnitCounts } from './resampling.ts';

export interface ReportOptions {
  /** The time of scoring, ISO 8601. Passed in so that equal inputs give equal reports. */
  readonly created: string;
  readonly title?: string;
  readonly sources?: ReportSources;
  /** The labels to score. Others are ignored in the gold data and the predictions. */
  readonly labels?: readonly string[];
  /** The seed of the bootstrap. Default 1. */
  readonly seed?: number;
  /** Bootstrap resamples; 0 for no interval. Default 1,000. */
  readonly resamples?: number;
  /** The maximum number of errors to list. Default 1,000. */
  readonly maxErrors?: number;
}

export const mostErrors = 1000;

const level = 0.95;

type ReportParts = Pick<
  Report,
  'title' | 'created' | 'sources' | 'labels' | 'interval' | 'errors' | 'errorsLeftOut'
>;

/** What the reports of all tasks share: what was scored, the interval and the errors. */
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
 * Throws `UserError` if none of the chosen labels is among `there`, the labels of the gold data and the predictions: it is
 * most likely a typing error and would silently score 0.
 */
export function checkChosenLabels(chosen: readonly string[] | undefined, there: Iterable<string>): void {
  const known = new Set(there);
  if (chosen === undefined || known.size === 0 || chosen.some((label) => known.has(label))) return;
  throw new UserError(`None of the labels ${chosen.join(', ')} appears in the data.`, {
    nextStep: `Choose from: ${[...known].sort().join(', ')}.`,
  });
}
