import { chunkMentions } from '../../bio/mentions.ts';
import { type BioTag, outsideTag, parseTag } from '../../bio/tag.ts';
import type { MentionDraft } from '../../placeMentions.ts';
import type { CodePointOffsets } from '../../offsets.ts';
import type { TextRange } from '../../document.ts';

/** The mentions of one sentence by the tags of its tokens, which may be plain labels. Ranges are UTF-16 units. */
export function taggedRanges(
  tokens: readonly TextRange[],
  tags: readonly string[],
): readonly (TextRange & { readonly label: string })[] {
  return chunkMentions(tags.map(readTag)).map(({ start, end, label }) => ({
    start: tokens[start]?.start ?? 0,
    end: tokens[end - 1]?.end ?? 0,
    label,
  }));
}

/** A tag, or a label alone, which continues a mention of the same label. Empty tags and `-` are outside. */
function readTag(tag: string): BioTag {
  if (tag === '' || tag === '-' || tag === '_') return outsideTag;
  return parseTag(tag) ?? { prefix: 'I', label: tag };
}

/** Ranges in UTF-16 units as mentions `T1`, `T2`, ... */
export function draftsOf(
  ranges: readonly (TextRange & { readonly label: string })[],
  offsets: CodePointOffsets,
  line: number,
): MentionDraft[] {
  return ranges
    .filter(({ start, end }) => start < end)
    .map(({ start, end, label }, index) => ({
      id: `T${index + 1}`,
      label,
      ranges: [{ start: offsets.toCodePoint(start), end: offsets.toCodePoint(end) }],
      line,
    }));
}
