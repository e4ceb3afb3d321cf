import { parseStandoff } from './brat/standoff.ts';
import type { Document } from './document.ts';
import type { WrittenFormat } from './formatDocuments.ts';

/** Something that a format cannot hold (a noun in the singular), and how often it occurs. */
export interface Loss {
  readonly what: string;
  readonly count: number;
}

/**
 * What a format cannot hold besides mentions (see `DroppedSpan`): BIO has no relations, attributes, scores, events, notes,
 * normalisations or equivalences; brat has no scores.
 */
export function lossesOf(documents: readonly Document[], format: WrittenFormat): readonly Loss[] {
  const sum = (countOf: (document: Document) => number): number =>
    documents.reduce((total, document) => total + countOf(document), 0);
  const scores = {
    what: 'score',
    count: sum(
      ({ spans, relations }) => [...spans, ...relations].filter(({ score }) => score !== undefined).length,
    ),
  };
  const losses: readonly Loss[] =
    format === 'bio'
      ? [
          { what: 'relation', count: sum(({ relations }) => relations.length) },
          { what: 'attribute', count: sum(({ attributes }) => attributes.length) },
          ...bratLosses(documents),
          scores,
        ]
      : format === 'brat'
        ? [scores]
        : [];
  return losses.filter(({ count }) => count > 0);
}

/** What only brat files (or `meta.brat`) hold. */
function bratLosses(documents: readonly Document[]): readonly Loss[] {
  const lines = documents.flatMap(({ standoff, meta }) => {
    const kept = meta['brat'];
    const text = standoff?.annotations ?? (Array.isArray(kept) ? kept.join('\n') : '');
    return parseStandoff(text).lines;
  });
  const count = (start: RegExp): number => lines.filter(({ text }) => start.test(text)).length;
  return [
    { what: 'event', count: count(/^E\d/u) },
    { what: 'note', count: count(/^#/u) },
    { what: 'normalisation', count: count(/^N\d/u) },
    { what: 'equivalence', count: count(/^\*/u) },
  ];
}
