import type { UserError } from '../foundation/userError.ts';

/** The kind of a problem. Must stay stable: quick fixes and `--json` use it. */
export type ProblemCode =
  | 'unreadable'
  | 'broken-line'
  | 'broken-row'
  | 'inside-without-begin'
  | 'label-change'
  | 'unclosed-mention'
  | 'column-count'
  | 'extra-column'
  | 'word-column'
  | 'tag-column'
  | 'scheme'
  | 'separator'
  | 'unknown-label'
  | 'broken-record'
  | 'not-accepted'
  | 'same-text'
  | 'duplicate-id'
  | 'duplicate-mention'
  | 'event-type'
  | 'blank-edge'
  | 'text-mismatch'
  | 'moved'
  | 'offsets'
  | 'missing-target'
  | 'unknown-line'
  | 'unknown-field'
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

const warnings: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'column-count',
  'word-column',
  'tag-column',
  'scheme',
  'separator',
  'unknown-label',
  'not-accepted',
  'same-text',
  'duplicate-mention',
  'event-type',
  'blank-edge',
  'moved',
  'unknown-line',
  'unknown-field',
  'left-out',
]);

export function severityOf(code: ProblemCode): Problem['severity'] {
  return warnings.has(code) ? 'warning' : 'error';
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
