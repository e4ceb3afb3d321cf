import type { UserError } from '../../foundation/userError.ts';

/** The kind of a problem. Must stay stable: quick fixes and `--json` use it. */
export type ProblemCode =
  | 'unreadable'
  | 'broken-line'
  | 'broken-row'
  | 'inside-without-begin'
  | 'label-change'
  | 'unclosed-mention'
  | 'column-count'
  | 'separator'
  | 'unknown-label'
  | 'broken-record'
  | 'duplicate-id'
  | 'blank-edge'
  | 'text-mismatch'
  | 'offsets'
  | 'missing-target'
  | 'unknown-line'
  | 'moved'
  | 'left-out';

/** A problem in a data file. Lines and columns count from 1, in UTF-16 units; `endColumn` is exclusive. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  readonly message: string;
  /** What to do about it; empty if the message already says so. */
  readonly nextStep: string;
}

/** Collects the problems of one file. */
export interface ProblemList {
  readonly problems: Problem[];
  add(place: ProblemPlace, code: ProblemCode, message: string, nextStep?: string): void;
}

/** `line` counts from 1; `start` and `end` are offsets in the line. */
interface ProblemPlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const warnings: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'column-count',
  'separator',
  'unknown-label',
  'blank-edge',
  'unknown-line',
  'moved',
  'left-out',
]);

export function problemList(file: string): ProblemList {
  const problems: Problem[] = [];
  return {
    problems,
    add: ({ line, start, end }, code, message, nextStep = '') => {
      const severity = warnings.has(code) ? 'warning' : 'error';
      problems.push({ file, line, column: start + 1, endColumn: end + 1, severity, code, message, nextStep });
    },
  };
}

/** The arguments of a report that a label is not in `labels`. */
export function unknownLabel(label: string, labels: Iterable<string>): [ProblemCode, string, string] {
  const nextStep = `Use one of ${[...labels].join(', ')}, or add the label to chartmark.json.`;
  return ['unknown-label', `The project has no label ${label}.`, nextStep];
}

/** Turns the error of a reader into a problem at the start of its line. */
export function fromUserError(error: UserError, file: string, code: ProblemCode, endColumn = 2): Problem {
  const line = error.place?.line ?? 1;
  const { message, nextStep = '' } = error;
  return { file, line, column: 1, endColumn, severity: 'error', code, message, nextStep };
}
