import { parseBio } from '../bio/file.ts';
import type { LineContext } from '../readContext.ts';
import type { CheckOptions } from './options.ts';
import { unknownLabel } from '../problem.ts';

/** Reports what the reader of BIO files does (see `parseBio`), and labels that are not in `labels`. */
export function checkBio(source: string, context: LineContext, { labels, layout }: CheckOptions): void {
  const known = labels === undefined ? undefined : new Set(labels);
  parseBio(source, {
    context,
    layout,
    onTag(line, { label, tag }) {
      if (known === undefined || label === '' || known.has(label)) return;
      const [code, message, nextStep] = unknownLabel(label, known);
      context.report(line, code, message, nextStep, tag);
    },
  });
}
