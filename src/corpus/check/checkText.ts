import { UserError } from '../../foundation/userError.ts';
import { checkBio } from './bio.ts';
import { checkBrat } from './brat.ts';
import { checkJsonl } from './jsonl.ts';
import { fromUserError, type Problem } from './problem.ts';
import { parseRelationRows } from '../relationRows.ts';
import { sniffFormat } from '../sniff.ts';

export interface CheckOptions {
  /** The labels of the project; any other label is reported. */
  readonly labels?: readonly string[];
  /** The text that an .ann file annotates. Without it, offsets and mentions are not checked. */
  readonly text?: string;
}

/** The problems in a data file, in line order. Plain text has none. */
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
