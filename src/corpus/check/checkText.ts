import path from 'node:path';
import { UserError } from '../../foundation/userError.ts';
import { checkingContext, type LineContext } from '../readContext.ts';
import { parseRelationRows } from '../relationRows.ts';
import { otherFormat } from '../otherFormats.ts';
import { sniffFormat } from '../sniff.ts';
import { unknownForm } from '../unknownForm.ts';
import { checkBio } from './bio.ts';
import { checkBrat } from './brat.ts';
import { checkJsonl } from './jsonl.ts';
import type { CheckOptions } from './options.ts';
import { fromUserError, type Problem, unknownLabel } from '../problem.ts';

/** The problems in a data file, in line order: what its reader reports, and unknown labels. Plain text has none. */
export function checkText(source: string, file: string, options: CheckOptions = {}): Problem[] {
  const problems: Problem[] = [];
  const context = checkingContext(file, source, (problem) => problems.push(problem));
  const format = sniffFormat(file, source);
  try {
    if (format === 'bio') checkBio(source, context, options);
    if (format === 'brat') checkBrat(source, context, options);
    if (format === 'jsonl') checkJsonl(source, context, options);
    if (format === 'other') checkOther(source, context, options);
    if (format === 'unknown') throw unknownForm(file, path.extname(file).toLowerCase(), source);
    if (format === 'relations') parseRelationRows(source, { file });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(fromUserError(error, file, format === 'relations' ? 'broken-row' : 'unreadable'));
  }
  return problems.sort((a, b) => a.line - b.line);
}

function checkOther(source: string, context: LineContext, { labels, layout }: CheckOptions): void {
  const documents = otherFormat(source)?.parse(source, context, layout ?? {}) ?? [];
  if (labels === undefined) return;
  const used = new Set(documents.flatMap(({ spans }) => spans.map(({ label }) => label)));
  for (const label of used) if (!labels.includes(label)) context.report(1, ...unknownLabel(label, labels));
}
