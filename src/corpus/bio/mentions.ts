import type { TextRange } from '../document.ts';
import { type BioTag, outsideTag } from './tag.ts';

/** A mention as a range of token indices, end exclusive. */
export interface TokenMention extends TextRange {
  readonly label: string;
}

/**
 * The mentions of a tag sequence by the rules of conlleval (and of seqeval's default mode), which read IOB1, IOB2,
 * BIOES and IO in the same way: a mention begins at B or S, after O, E or S, and where the label changes.
 * `check/bio.ts` checks whether the tags follow their scheme strictly.
 */
export function chunkMentions(tags: Iterable<BioTag>): TokenMention[] {
  const mentions: TokenMention[] = [];
  let previous = outsideTag;
  let start = 0;
  let index = 0;
  const close = (): void => {
    if (previous.prefix !== 'O') mentions.push({ start, end: index, label: previous.label });
  };
  for (const tag of tags) {
    if (tag.prefix === 'O') close();
    else if (beginsMention(previous, tag)) {
      close();
      start = index;
    }
    previous = tag;
    index++;
  }
  close();
  return mentions;
}

/** Whether `tag`, which is not O, begins a mention after `previous`. */
export function beginsMention(previous: BioTag, tag: BioTag): boolean {
  return (
    tag.prefix === 'B' ||
    tag.prefix === 'S' ||
    previous.prefix === 'O' ||
    previous.prefix === 'E' ||
    previous.prefix === 'S' ||
    previous.label !== tag.label
  );
}
