import type { TextRange } from '../corpus/document.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import type { Tokenizer } from './tokenizer/types.ts';

/** A text's token ids, without special tokens; `cut` when some had to be left out. */
export interface RelationTokens {
  readonly ids: readonly number[];
  readonly cut: boolean;
}

/** `@GENE$`, as relation rows mask the two mentions. */
const mask = /@[^\s@$]+\$/gu;

/**
 * The ids of a relation row of at most `capacity` tokens. A longer text keeps the stretch around its two
 * mentions, from both sides alike (from its beginning when it has none): the relation is stated there. Mentions
 * further apart than that are both kept, and the middle between them is left out. Training and running use this
 * one function, so that they read the same.
 */
export function relationInput(
  tokenizer: Tokenizer,
  row: Pick<RelationRow, 'text' | 'ends'>,
  capacity: number,
): RelationTokens {
  const { ids, offsets } = tokenizer.encode(row.text);
  if (ids.length <= capacity) return { ids, cut: false };
  const [first, last] = endsOf(row);
  if (first === undefined || last === undefined) return { ids: ids.slice(0, capacity), cut: true };
  const from = offsets.findIndex(({ end }) => end > first.start);
  const to = offsets.findLastIndex(({ start }) => start < last.end) + 1;
  if (to - from > capacity) {
    const half = Math.ceil(capacity / 2);
    return { ids: [...ids.slice(from, from + half), ...ids.slice(to - (capacity - half), to)], cut: true };
  }
  const centred = Math.floor((from + to - capacity) / 2);
  const start = Math.max(0, Math.min(centred, ids.length - capacity));
  return { ids: ids.slice(start, start + capacity), cut: true };
}

/** The first and the last mention; each is undefined if neither the row nor its text tells where it is. */
function endsOf({ text, ends }: Pick<RelationRow, 'text' | 'ends'>): readonly (TextRange | undefined)[] {
  if (ends !== undefined) return ends;
  const masks = [...text.matchAll(mask)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
  return [masks[0], masks.at(-1)];
}
