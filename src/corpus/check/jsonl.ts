import type { LayoutChoice } from '../bio/format.ts';
import { parseJsonl } from '../jsonl.ts';
import type { LineContext } from '../readContext.ts';
import { unknownLabel } from '../problem.ts';

interface JsonlCheckOptions {
  readonly labels?: readonly string[] | undefined;
  readonly columns?: LayoutChoice | undefined;
}

/** Reports what the reader of JSONL files does (see `parseJsonl`), and labels that are not in `labels`. */
export function checkJsonl(
  source: string,
  context: LineContext,
  { labels, columns }: JsonlCheckOptions,
): void {
  parseJsonl(source, {
    context,
    tagNames: columns?.tagNames,
    onDocument({ spans }, line) {
      if (labels === undefined) return;
      for (const label of new Set(spans.map((span) => span.label))) {
        if (!labels.includes(label)) context.report(line, ...unknownLabel(label, labels));
      }
    },
  });
}
