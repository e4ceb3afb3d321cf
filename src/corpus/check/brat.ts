import { checkLines } from '../brat/checkLines.ts';
import { parseBrat } from '../brat/read.ts';
import { parseStandoff } from '../brat/standoff.ts';
import type { LineContext } from '../readContext.ts';
import type { CheckOptions } from './options.ts';
import { unknownLabel } from '../problem.ts';

/** Reports what the reader of brat files does (see `parseBrat`), and labels that are not in `labels`. */
export function checkBrat(annotations: string, context: LineContext, { labels, text }: CheckOptions): void {
  if (text === undefined) checkLines(parseStandoff(annotations), context);
  else parseBrat(text, annotations, context.id, { context });
  if (labels === undefined) return;
  for (const { line, number } of parseStandoff(annotations).lines) {
    if (line.kind === 'span' && !labels.includes(line.label)) {
      context.report(number, ...unknownLabel(line.label, labels));
    }
  }
}
