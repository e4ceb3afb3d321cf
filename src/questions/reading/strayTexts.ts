import type { Mention, TaggedText } from '../../corpus/tagged/inlineTags.ts';
import { alignMentions } from './alignMentions.ts';
import { type Said, withoutTags } from './said.ts';

/** Sentences that the model ran together or cut apart are the given ones when all that is left is the same. */
export function readJoined(
  given: readonly string[],
  isLeft: (position: number) => boolean,
  strays: readonly Said[],
): ReadonlyMap<number, readonly Mention[]> {
  const positions = given.flatMap((_, position) => (isLeft(position) ? [position] : []));
  const parts = strays.map(({ readings: [reading] }) => reading);
  if (positions.length === 0 || parts.length === 0 || parts.includes(undefined)) return new Map();
  const mentions = alignMentions(
    positions.map((position) => given[position]).join('\n'),
    joinTexts(parts as readonly TaggedText[]),
  );
  if (mentions === undefined) return new Map();
  let start = 0;
  return new Map(
    positions.map((position) => {
      const end = start + (given[position] as string).length;
      const own = mentions.filter((mention) => mention.start >= start && mention.end <= end);
      const shift = start;
      start = end + 1;
      return [position, own.map((mention) => shifted(mention, -shift))];
    }),
  );
}

function joinTexts(parts: readonly TaggedText[]): TaggedText {
  let text = '';
  const mentions: Mention[] = [];
  for (const part of parts) {
    const shift = text.length;
    mentions.push(
      ...part.mentions.map((one) => ({ ...one, start: one.start + shift, end: one.end + shift })),
    );
    text += `${part.text}\n`;
  }
  return { text, mentions };
}

function shifted({ start, end, label }: Mention, by: number): Mention {
  return { start: start + by, end: end + by, label };
}

/** A text of which at least so many words come again was changed, not left out. */
const muchAlike = 0.5;

/** Which of the texts that are left a stray text is a changed form of: each of at most one, the most alike first. */
export function rewordedAmong(
  given: readonly string[],
  isLeft: (position: number) => boolean,
  strays: readonly Said[],
): ReadonlySet<number> {
  const saidWords = strays.map(({ item }) => new Set(wordsOf(withoutTags(item.text))));
  const pairs = given.flatMap((text, position) => {
    if (!isLeft(position)) return [];
    const words = wordsOf(text);
    return saidWords.map((said, stray) => ({
      position,
      stray,
      share: words.filter((word) => said.has(word)).length / words.length,
    }));
  });
  const reworded = new Set<number>();
  const used = new Set<number>();
  for (const { position, stray, share } of pairs.sort((a, b) => b.share - a.share)) {
    if (share < muchAlike || reworded.has(position) || used.has(stray)) continue;
    reworded.add(position);
    used.add(stray);
  }
  return reworded;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
