import { parseStandoff } from './brat/standoff.ts';
import type { Document } from './document.ts';
import { type Loss, sumLosses } from './formats/losses.ts';

/** The relations and attributes of documents, for formats that have neither. */
export function relationLosses(documents: readonly Document[]): readonly Loss[] {
  return documents.flatMap(({ relations, attributes }) => [
    { what: 'relation', count: relations.length },
    { what: 'attribute', count: attributes.length },
  ]);
}

/** The scores of mentions and relations, for formats without them. */
export function scoreLosses(documents: readonly Document[]): readonly Loss[] {
  return documents.map(({ spans, relations }) => ({
    what: 'score',
    count: [...spans, ...relations].filter(({ score }) => score !== undefined).length,
  }));
}

/** What only brat files (or `meta.brat`) hold. */
export function bratLosses(documents: readonly Document[]): readonly Loss[] {
  const lines = documents.flatMap(({ standoff, meta }) => {
    const kept = meta['brat'];
    const text = standoff?.annotations ?? (Array.isArray(kept) ? kept.join('\n') : '');
    return parseStandoff(text).lines;
  });
  const count = (start: RegExp): number => lines.filter(({ text }) => start.test(text)).length;
  return sumLosses([
    { what: 'event', count: count(/^E\d/u) },
    { what: 'note', count: count(/^#/u) },
    { what: 'normalisation', count: count(/^N\d/u) },
    { what: 'equivalence', count: count(/^\*/u) },
  ]);
}
