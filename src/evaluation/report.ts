import * as z from 'zod/mini';
import { dictionary } from '../foundation/fields.ts';
import type { ValueOf } from '../foundation/checkValue.ts';

// Report data as it is written to JSON; `docs/report-format.md` describes it. All scores are fractions in [0, 1].

const count = z.int();
const names = z.array(z.string());

/** How mentions of a BIO file are read; see `docs/report-format.md`. */
const matchMode = z.enum(['strict', 'conlleval']);
export type MatchMode = z.output<typeof matchMode>;

/** `support` is the number of gold mentions in an average. */
const averageFields = { precision: z.number(), recall: z.number(), f1: z.number(), support: count };
const average = z.object(averageFields);
/** An average with its counts. */
const score = z.object({ ...averageFields, correct: count, predicted: count });

/** One of the four ways to count partly right mentions (SemEval-2013 task 9, as in nervaluate). */
const partialScore = z.object({
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  correct: count,
  incorrect: count,
  partial: count,
  missed: count,
  spurious: count,
});
export type PartialScore = ValueOf<typeof partialScore>;
const partialViews = z.object({
  strict: partialScore,
  exact: partialScore,
  partial: partialScore,
  type: partialScore,
});
export type PartialView = keyof z.output<typeof partialViews>;

const errorKind = z.enum(['missed', 'spurious', 'type', 'boundary']);
export type ErrorKind = z.output<typeof errorKind>;

/**
 * Counts of mentions (or relations, or rows with a positive label on either side). Each gold mention is correct, missed,
 * type or boundary; each predicted mention is correct, spurious, type or boundary.
 */
const errorCounts = z.object({
  correct: count,
  missed: count,
  spurious: count,
  type: count,
  boundary: count,
});
export type ErrorCounts = ValueOf<typeof errorCounts>;

/** The gold or the predicted side of an error: the marked words, their label, and the model's probability if known. */
const markedText = z.object({
  label: z.string(),
  text: z.string(),
  score: z.exactOptional(z.number()),
});
export type MarkedText = ValueOf<typeof markedText>;

/**
 * An error. `start` and `end` are UTF-16 offsets (end exclusive) in the gold text of `document`; `line` counts the lines
 * of that text from 1. For relation rows, `document` is empty and `line` is the number of the row. `before` and `after`
 * are a few words on either side.
 */
const reportError = z.object({
  kind: errorKind,
  document: z.string(),
  line: count,
  start: count,
  end: count,
  gold: z.exactOptional(markedText),
  predicted: z.exactOptional(markedText),
  before: z.string(),
  after: z.string(),
});
export type ReportError = ValueOf<typeof reportError>;

/** A percentile bootstrap interval of micro F1. */
const interval = z.object({
  /** Lower and upper end. */
  f1: z.tuple([z.number(), z.number()]),
  /** The share of resamples inside the interval, such as 0.95. */
  level: z.number(),
  resamples: count,
  /** What was drawn with replacement, and how many of them there are. */
  unit: z.enum(['document', 'sentence', 'row']),
  units: count,
  seed: count,
});
export type Interval = ValueOf<typeof interval>;

/** Two predictions on one gold text, by paired approximate randomisation (Noreen 1989). */
const comparison = z.object({
  first: score,
  second: score,
  /** Micro F1 of the second minus that of the first. */
  difference: z.number(),
  /** Two-sided p value: how often chance alone makes a difference at least this large. */
  p: z.number(),
  rounds: count,
  seed: count,
  /** The name of the second prediction: its files or its model. */
  name: z.exactOptional(z.string()),
});
export type Comparison = ValueOf<typeof comparison>;

const reportSources = z.object({ gold: names, predicted: names });
export type ReportSources = ValueOf<typeof reportSources>;

const commonFields = {
  title: z.string(),
  /** When the scoring was done, ISO 8601. */
  created: z.string(),
  sources: reportSources,
  mode: matchMode,
  scheme: z.string(),
  /** What a reader of the scores should know about the files: sentences. */
  notes: z.exactOptional(z.array(z.string())),
  /** The labels that were scored, if not all. */
  labels: z.exactOptional(names),
  micro: score,
  macro: average,
  types: dictionary(score),
  interval,
  counts: errorCounts,
  errors: z.array(reportError),
  /** How many errors the list leaves out to stay readable. */
  errorsLeftOut: count,
  comparison: z.exactOptional(comparison),
};

/** The scores of a task that marks mentions. */
const entityReport = z.object({
  ...commonFields,
  task: z.literal('ner'),
  documents: count,
  partial: partialViews,
});
export type EntityReport = ValueOf<typeof entityReport>;

/** The scores of a task that labels rows. The averages leave out the negative label; `types` includes it. */
const relationReport = z.object({
  ...commonFields,
  task: z.literal('re'),
  scheme: z.literal('rows'),
  rows: count,
  negativeLabel: z.string(),
  accuracy: z.number(),
  /** The mean recall of the gold classes, including the negative one. */
  balancedAccuracy: z.number(),
  /** Matthews correlation in [-1, 1]; with more than two classes, Gorodkin's R_K (2004). */
  mcc: z.number(),
});
export type RelationReport = ValueOf<typeof relationReport>;

/** The scores of a task that joins the mentions of documents. */
const documentRelationReport = z.object({
  ...commonFields,
  task: z.literal('re'),
  scheme: z.literal('documents'),
  documents: count,
});
export type DocumentRelationReport = ValueOf<typeof documentRelationReport>;

/** The data of a report, which every rendering shows. */
export const reportSchema = z.union([entityReport, relationReport, documentRelationReport]);
export type Report = ValueOf<typeof reportSchema>;
