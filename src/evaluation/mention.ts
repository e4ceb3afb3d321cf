import type { Document, Span } from '../corpus/document.ts';
import type { SharedOffsets } from './sharedOffsets.ts';
import { isStrictlyTagged } from './strictMentions.ts';

/** A mention in shared offsets (see `SharedOffsets`), end exclusive. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  /** The range counted without white space, so that distances do not depend on it. */
  readonly ink: { readonly start: number; readonly end: number };
  /** All boundaries, including those of the parts of a discontinuous mention. Equal strings mean the same place. */
  readonly place: string;
  readonly label: string;
  readonly score: number | undefined;
}

export interface MentionFilter {
  readonly labels: ReadonlySet<string> | undefined;
  /** Whether to leave out mentions that do not begin with `B-`, as strict IOB2 requires. */
  readonly strictBegin: boolean;
}

/**
 * The mentions of a document to score, in text order. Identical spans are one mention. `toShared` converts an offset of
 * the document's text to a shared offset.
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
