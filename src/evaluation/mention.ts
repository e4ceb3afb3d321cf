import type { Document, Span } from '../corpus/document.ts';
import type { SharedOffsets } from './sharedOffsets.ts';
import { isStrictlyTagged } from './strictMentions.ts';

/** A mention as the scorer sees it: offsets of the coordinates that both sides share, end exclusive. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  /** The same without white space, so that distances do not depend on it. */
  readonly ink: { readonly start: number; readonly end: number };
  /** All boundaries, those of a discontinuous mention's parts included: equal means same place. */
  readonly place: string;
  readonly label: string;
  readonly score: number | undefined;
}

export interface MentionFilter {
  readonly labels: ReadonlySet<string> | undefined;
  /** Leave out what doesn't begin as strict IOB2 asks. */
  readonly strictBegin: boolean;
}

/**
 * The mentions of a document that count, in text order, each once: two identical spans are one mention.
 * `toShared` turns an offset of the document's text into one that can be compared with the other side's.
 */
export function mentionsOf(
  document: Document,
  toShared: (offset: number) => number,
  { labels, strictBegin, inkBefore }: MentionFilter & Pick<SharedOffsets, 'inkBefore'>,
): Mention[] {
  const seen = new Map<string, Mention>();
  const isCounted = strictBegin ? isStrictlyTagged(document) : () => true;
  for (const span of document.spans) {
    if (labels !== undefined && !labels.has(span.label)) continue;
    if (!isCounted(span)) continue;
    const mention = mentionOf(span, toShared, inkBefore);
    const key = `${mention.place} ${mention.label}`;
    if (mention.start < mention.end && !seen.has(key)) seen.set(key, mention);
  }
  return [...seen.values()].sort(
    (a, b) => a.start - b.start || a.end - b.end || (a.label < b.label ? -1 : Number(a.label > b.label)),
  );
}

function mentionOf(
  span: Span,
  toShared: (offset: number) => number,
  inkBefore: SharedOffsets['inkBefore'],
): Mention {
  const ranges = (span.fragments ?? [span]).map(({ start, end }) => `${toShared(start)}-${toShared(end)}`);
  const start = toShared(span.start);
  const end = toShared(span.end);
  return {
    start,
    end,
    ink: { start: inkBefore(start), end: inkBefore(end) },
    place: ranges.join(','),
    label: span.label,
    score: span.score,
  };
}
