import type { Mention, TaggedText } from '../../corpus/tagged/inlineTags.ts';
import { alignMentions } from './alignMentions.ts';
import { type ReplyText, withoutTags } from './replyText.ts';

/** Given texts that have no answer yet, by position. */
export type LeftTexts = ReadonlyMap<number, string>;

/**
 * The mentions of given texts that a model joined or split, by position. They are matched only if all remaining texts
 * together are the same on both sides.
 */
export function matchJoined(
  left: LeftTexts,
  unmatched: readonly ReplyText[],
): ReadonlyMap<number, readonly Mention[]> {
  const parts = unmatched.flatMap(({ readings: [reading] }) => (reading === undefined ? [] : [reading]));
  if (left.size === 0 || parts.length === 0 || parts.length < unmatched.length) return new Map();
  const mentions = alignMentions([...left.values()].join('\n'), joinTexts(parts));
  if (mentions === undefined) return new Map();
  let next = 0;
  return new Map(
    [...left].map(([position, { length }]) => {
      const start = next;
      const end = start + length;
      next = end + 1;
      const own = mentions.filter((mention) => mention.start >= start && mention.end <= end);
      return [position, own.map((mention) => shifted(mention, -start))];
    }),
  );
}

function joinTexts(parts: readonly TaggedText[]): TaggedText {
  let text = '';
  const mentions: Mention[] = [];
  for (const part of parts) {
    const shift = text.length;
    mentions.push(...part.mentions.map((mention) => shifted(mention, shift)));
    text += `${part.text}\n`;
  }
  return { text, mentions };
}

function shifted({ start, end, label }: Mention, by: number): Mention {
  return { start: start + by, end: end + by, label };
}

/** If at least this share of a text's words is in the reply, the text was changed, not left out. */
const muchAlike = 0.5;

/** Positions of the given texts that the reply has with changed words. Each unmatched text counts for one at most. */
export function findReworded(left: LeftTexts, unmatched: readonly ReplyText[]): ReadonlySet<number> {
  const replyWords = unmatched.map(({ item }) => new Set(wordsOf(withoutTags(item.text))));
  const pairs = [...left].flatMap(([position, text]) => {
    const words = wordsOf(text);
    return replyWords.map((inReply, index) => ({
      position,
      index,
      share: words.filter((word) => inReply.has(word)).length / words.length,
    }));
  });
  const reworded = new Set<number>();
  const used = new Set<number>();
  for (const { position, index, share } of pairs.sort((a, b) => b.share - a.share)) {
    if (share < muchAlike || reworded.has(position) || used.has(index)) continue;
    reworded.add(position);
    used.add(index);
  }
  return reworded;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
