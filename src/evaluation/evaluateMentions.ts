import type { Document } from '../corpus/document.ts';
import { checkAskedLabels } from './askedLabels.ts';
import { listErrors } from './errorList.ts';
import { countsByUnit } from './mentionUnits.ts';
import { pairDocuments } from './pairDocuments.ts';
import { countPartial, emptyPartialCounts, partialScoreOf } from './partial.ts';
import type { EntityReport, ErrorCounts, MatchMode, ReportSources } from './report.ts';
import { bootstrapF1 } from './resampling.ts';
import { needsBegin } from './strictMentions.ts';
import { type ScoredText, scoreText } from './scoredText.ts';
import { addTallies, macroOf, type Score, scoreOf, type Tally } from './scores.ts';

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

export interface EvaluateOptions extends ReportOptions {
  /** Default `strict`. */
  readonly mode?: MatchMode;
  /** Of the tags: `IOB1` and `IO` let a strict mention begin with `I-`. Default `IOB2`. */
  readonly scheme?: string;
}

export const intervalLevel = 0.95;

/**
 * Exact-match scores of predicted against gold mentions: start, end and label must agree.
 * Throws `UserError` when documents have no counterpart, texts differ, or no label asked for appears.
 */
export function evaluateMentions(
  gold: readonly Document[],
  predicted: readonly Document[],
  options: EvaluateOptions,
): EntityReport {
  const { mode = 'strict', scheme = 'IOB2', seed = 1, resamples = 1000, maxErrors = 1000 } = options;
  checkAskedLabels(
    options.labels,
    new Set([...gold, ...predicted].flatMap(({ spans }) => spans.map(({ label }) => label))),
  );
  const texts = scoreTexts(gold, predicted, options);
  const types = scoresByType(texts);
  const micro = scoreOf(addTallies(texts.map(tallyOf)));
  const { unit, counts } = countsByUnit(texts);
  const { errors, leftOut } = listErrors(texts, maxErrors);
  return {
    task: 'ner',
    title: options.title ?? 'Entity scores',
    created: options.created,
    sources: options.sources ?? { gold: [], predicted: [] },
    mode,
    scheme,
    ...(options.labels === undefined ? {} : { labels: options.labels }),
    documents: texts.length,
    micro,
    macro: macroOf(Object.values(types)),
    types,
    partial: partialScores(texts),
    interval: {
      f1: bootstrapF1(counts, { resamples, seed, level: intervalLevel }),
      level: intervalLevel,
      resamples,
      unit,
      units: counts.correct.length,
      seed,
    },
    counts: countKinds(texts),
    errors,
    errorsLeftOut: leftOut,
  };
}

/** Pairs and compares all documents. Throws `UserError` as `evaluateMentions` does. */
export function scoreTexts(
  gold: readonly Document[],
  predicted: readonly Document[],
  { labels, mode = 'strict', scheme = 'IOB2' }: Pick<EvaluateOptions, 'labels' | 'mode' | 'scheme'>,
): ScoredText[] {
  const filter = {
    labels: labels === undefined ? undefined : new Set(labels),
    strictBegin: needsBegin(mode, scheme),
  };
  return pairDocuments(gold, predicted).map((pair) => scoreText(pair, filter));
}

function tallyOf({ gold, predicted, alignments }: ScoredText): Tally {
  return {
    correct: alignments.filter(({ kind }) => kind === 'correct').length,
    predicted: predicted.length,
    gold: gold.length,
  };
}

/** By type, in alphabetical order: every type that either side has. */
function scoresByType(texts: readonly ScoredText[]): Record<string, Score> {
  const tallies = new Map<string, { correct: number; predicted: number; gold: number }>();
  const tally = (label: string): { correct: number; predicted: number; gold: number } => {
    const found = tallies.get(label) ?? { correct: 0, predicted: 0, gold: 0 };
    tallies.set(label, found);
    return found;
  };
  for (const { gold, predicted, alignments } of texts) {
    for (const { label } of gold) tally(label).gold++;
    for (const { label } of predicted) tally(label).predicted++;
    for (const { kind, gold: mention } of alignments) {
      if (kind === 'correct' && mention !== undefined) tally(mention.label).correct++;
    }
  }
  const labels = [...tallies.keys()].sort();
  return Object.fromEntries(labels.map((label) => [label, scoreOf(tally(label))]));
}

function partialScores(texts: readonly ScoredText[]): EntityReport['partial'] {
  const counts = emptyPartialCounts();
  for (const { gold, predicted } of texts) countPartial(counts, gold, predicted);
  return {
    strict: partialScoreOf(counts.strict),
    exact: partialScoreOf(counts.exact),
    partial: partialScoreOf(counts.partial),
    type: partialScoreOf(counts.type),
  };
}

function countKinds(texts: readonly ScoredText[]): ErrorCounts {
  const counts = { correct: 0, missed: 0, spurious: 0, type: 0, boundary: 0 };
  for (const { alignments } of texts) for (const { kind } of alignments) counts[kind]++;
  return counts;
}
