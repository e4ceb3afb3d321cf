import type { Document, Span } from '../corpus/document.ts';

/**
 * Whether a span counts under strict IOB2 (seqeval's `mode='strict', scheme=IOB2`): one whose first tag
 * isn't `B-` doesn't. The reader of BIO names such spans in `meta.mentionsWithoutBegin`, a list of ids;
 * spans that don't come from tags always count.
 */
export function isStrictlyTagged(document: Document): (span: Span) => boolean {
  const loose = document.meta['mentionsWithoutBegin'];
  if (!Array.isArray(loose)) return () => true;
  const ids = new Set<unknown>(loose);
  return (span) => !ids.has(span.id);
}
