import { parseJsonl } from '../jsonl.ts';
import type { LineContext } from '../readContext.ts';
import { unknownLabel } from '../problem.ts';

/** Reports what the reader of JSONL files does (see `parseJsonl`), and labels that are not in `labels`. */
export function checkJsonl(source: string, context: LineContext, labels?: readonly string[]): void {
  parseJsonl(source, {
    context,
    onDocument({ spans }, line) {
      if (labels === undefined) return;
      for (const label of new Set(spans.map((span) => span.label))) {
        if (!labels.includes(label)) context.report(line, ...unknownLabel(label, labels));
      }
    },
  });
}
