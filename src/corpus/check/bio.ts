import { parseBio } from '../bio/file.ts';
import type { LayoutChoice } from '../bio/format.ts';
import type { LineContext } from '../readContext.ts';
import { unknownLabel } from '../problem.ts';

interface BioCheckOptions {
  readonly labels?: readonly string[] | undefined;
  readonly columns?: LayoutChoice | undefined;
}

/** Reports what the reader of BIO files does (see `parseBio`), and labels that are not in `labels`. */
export function checkBio(source: string, context: LineContext, { labels, columns }: BioCheckOptions): void {
  const known = labels === undefined ? undefined : new Set(labels);
  parseBio(source, {
    context,
    columns,
    onTag(line, { label, tag }) {
      if (known === undefined || label === '' || known.has(label)) return;
      const [code, message, nextStep] = unknownLabel(label, known);
      context.report(line, code, message, nextStep, tag);
    },
  });
}
