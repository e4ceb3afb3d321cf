import type { Average, Score } from './scores.ts';

/** How a mention of a BIO file is read: see `docs/report-format.md`. */
export type MatchMode = 'strict' | 'conlleval';

/** The four views of a partly right mention (SemEval-2013 task 9, as in nervaluate). */
export type PartialView = 'strict' | 'exact' | 'partial' | 'type';

export interface PartialScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly correct: number;
  readonly incorrect: number;
  readonly partial: number;
  readonly missed: number;
  readonly spurious: number;
}

export type ErrorKind = 'missed' | 'spurious' | 'type' | 'boundary';

/**
 * How the mentions (relations, or the rows that are or should be positive) divide. Each gold mention is
 * correct, missed, type or boundary; each predicted one is correct, spurious, type or boundary.
 */
export type ErrorCounts = Readonly<Record<ErrorKind | 'correct', number>>;

/** One side of an error: the words marked and their label. */
export interface MarkedText {
  readonly label: string;
  readonly text: string;
  /** Probability in [0, 1], where the model gave one. */
  readonly score?: number;
}

/**
 * One disagreement. `start` and `end` are UTF-16 offsets (end exclusive) in the gold text of `document`;
 * `line` counts the lines of that text from 1. For relation rows `document` is empty and `line` is the row.
 * `before` and `after` are a few words on its sides, never more, to be put right beside the mention's own.
 */
export interface ReportError {
  readonly kind: ErrorKind;
  readonly document: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly gold?: MarkedText;
  readonly predicted?: MarkedText;
  readonly before: string;
  readonly after: string;
}

/** A percentile bootstrap interval of micro F1. */
export interface Interval {
  readonly f1: readonly [low: number, high: number];
  /** The share of resamples inside, such as 0.95. */
  readonly level: number;
  readonly resamples: number;
  /** What was drawn with replacement, and of how many. */
  readonly unit: 'document' | 'sentence' | 'row';
  readonly units: number;
  readonly seed: number;
}

/** Two predictions on one gold text, by paired approximate randomisation (Noreen 1989). */
export interface Comparison {
  readonly first: Score;
  readonly second: Score;
  /** Micro F1 of the second less that of the first. */
  readonly difference: number;
  /** Two-sided: how often chance alone makes a difference at least this large. */
  readonly p: number;
  readonly rounds: number;
  readonly seed: number;
  /** What the second prediction is: files or a model's name. */
  readonly name?: string;
}

interface CommonReport {
  readonly title: string;
  /** When the scoring was done, ISO 8601. */
  readonly created: string;
  readonly sources: ReportSources;
  readonly mode: MatchMode;
  readonly scheme: string;
  /** The labels that were asked for, when not all. */
  readonly labels?: readonly string[];
  readonly micro: Score;
  readonly macro: Average;
  readonly types: Readonly<Record<string, Score>>;
  readonly interval: Interval;
  readonly counts: ErrorCounts;
  readonly errors: readonly ReportError[];
  /** How many errors the list leaves out so as to stay readable. */
  readonly errorsLeftOut: number;
  readonly comparison?: Comparison;
}

export interface ReportSources {
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
}

/** The scores of a task that marks mentions. */
export interface EntityReport extends CommonReport {
  readonly task: 'ner';
  readonly documents: number;
  readonly partial: Readonly<Record<PartialView, PartialScore>>;
}

/**
 * The scores of a task that labels rows. Micro and macro leave the negative label out; `types` has it.
 */
export interface RelationReport extends CommonReport {
  readonly task: 're';
  readonly scheme: 'rows';
  readonly rows: number;
  readonly negativeLabel: string;
  readonly accuracy: number;
  /** The mean of the recalls of the gold classes, the negative one included. */
  readonly balancedAccuracy: number;
  /** Matthews correlation, in [-1, 1]; for several classes Gorodkin's R_K (2004). */
  readonly mcc: number;
}

/** The scores of a task that joins the mentions of documents. */
export interface DocumentRelationReport extends CommonReport {
  readonly task: 're';
  readonly scheme: 'documents';
  readonly documents: number;
}

/** Report data; every rendering is a view of it. All scores are fractions. */
export type Report = EntityReport | RelationReport | DocumentRelationReport;
