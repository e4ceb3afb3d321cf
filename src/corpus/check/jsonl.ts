import { parseJsonl } from '../jsonl.ts';
import type { LineContext } from '../readContext.ts';
import type { CheckOptions } from './options.ts';
import { unknownLabel } from '../problem.ts';

/** Reports what the reader of JSONL files does (see `parseJsonl`), and labels that are not in `labels`. */
export function checkJsonl(source: string, context: LineContext, { labels, layout }: CheckOptions): void {
  parseJsonl(source, {
    context,
    tagNames: layout?.tagNames,
    onDocument({ spans }, line) {
      if (labels === undefined) return;
      for (const label of new Set(spans.map((span) => span.label))) {
        if (!labels.includes(label)) context.report(line, ...unknownLabel(label, labels));
      }
    },
  });
}
