import { checkLines } from '../brat/checkLines.ts';
import { parseBrat } from '../brat/read.ts';
import { parseStandoff } from '../brat/standoff.ts';
import type { LineContext } from '../readContext.ts';
import { unknownLabel } from '../problem.ts';

interface BratCheckOptions {
  readonly labels?: readonly string[] | undefined;
  /** The text that the file annotates. Without it, offsets and words are not checked. */
  readonly text?: string | undefined;
}

/** Reports what the reader of brat files does (see `parseBrat`), and labels that are not in `labels`. */
export function checkBrat(
  annotations: string,
  context: LineContext,
  { labels, text }: BratCheckOptions,
): void {
  if (text === undefined) checkLines(parseStandoff(annotations), context);
  else parseBrat(text, annotations, context.id, { context });
  if (labels === undefined) return;
  for (const { line, number } of parseStandoff(annotations).lines) {
    if (line.kind === 'span' && !labels.includes(line.label)) {
      context.report(number, ...unknownLabel(line.label, labels));
    }
  }
}
