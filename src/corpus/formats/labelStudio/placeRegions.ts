import type { Source, Span } from '../../document.ts';
import { codePointOffsets } from '../../offsets.ts';
import { type MentionDraft, placeMentions } from '../../placeMentions.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import type { Region } from './region.ts';

/** A region with who made it (a person, if undefined). */
export interface SourcedRegion extends Region {
  readonly source?: Source;
  readonly score?: number | undefined;
}

/** One span for each label of each region: `T1`, `T2`, ... The result has the spans of each region. */
export function placeRegions(
  text: string,
  regions: readonly SourcedRegion[],
  line: number,
  notes: ReadingNotes,
): readonly (readonly Span[])[] {
  const offsets = codePointOffsets(text);
  const toDisk = (unit: number): number =>
    unit <= text.length ? offsets.toCodePoint(unit) : unit - text.length + offsets.length;
  const drafts: MentionDraft[] = [];
  for (const { start, end, labels, words, source, score } of regions) {
    for (const label of labels) {
      const id = `T${drafts.length + 1}`;
      drafts.push({
        id,
        label,
        ranges: [{ start: toDisk(start), end: toDisk(end) }],
        words,
        source,
        score,
        line,
      });
    }
  }
  const spans = placeMentions(text, drafts, notes);
  let next = 0;
  return regions.map(({ labels }) => {
    next += labels.length;
    return spans.slice(next - labels.length, next);
  });
}
