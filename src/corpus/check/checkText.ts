import { UserError } from '../../foundation/userError.ts';
import { checkBio } from './bio.ts';
import { checkBrat } from './brat.ts';
import { checkJsonl } from './jsonl.ts';
import { fromUserError, type Problem } from './problem.ts';
import { parseRelationRows } from '../relationRows.ts';
import { sniffFormat } from '../sniff.ts';

export interface CheckOptions {
  /** The labels of the project; any other is reported. */
  readonly labels?: readonly string[];
  /** The text that an .ann file is about. Without it, offsets and mentions go unchecked. */
  readonly text?: string;
}

/** What is wrong with a data file, in the order of its lines. Plain text is never wrong. */
export function checkText(source: string, file: string, options: CheckOptions = {}): Problem[] {
  const format = sniffFormat(file, source);
  if (format === 'bio') return checkBio(source, file, options.labels);
  if (format === 'brat') return checkBrat(source, file, options);
  if (format === 'jsonl') return checkJsonl(source, file, options.labels);
  return format === 'relations' ? checkRelations(source, file) : [];
}

function checkRelations(source: string, file: string): Problem[] {
  try {
    parseRelationRows(source, { file });
    return [];
  } catch (error) {
    if (error instanceof UserError) return [fromUserError(error, file, 'broken-row')];
    throw error;
  }
}
