import type { TextRange } from '../corpus/document.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import type { Tokenizer } from './tokenizer/types.ts';

/** The token ids of a text, without special tokens; `cut` if some were left out. */
export interface RelationTokens {
  readonly ids: readonly number[];
  readonly cut: boolean;
}

/** A masked mention of a relation row, such as `@GENE$`. */
const mask = /@[^\s@$]+\$/gu;

/**
 * At most `capacity` token ids of a relation row. A longer text is cut to the part around its two mentions, where the
 * relation is stated, with equal context on both sides; without mentions, to its beginning. If the mentions are further
 * apart than that, the middle between them is left out. Training and annotation both use this function.
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

/** The first and the last mention; undefined if neither the row nor its text shows where they are. */
function endsOf({ text, ends }: Pick<RelationRow, 'text' | 'ends'>): readonly (TextRange | undefined)[] {
  if (ends !== undefined) return ends;
  const masks = [...text.matchAll(mask)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
  return [masks[0], masks.at(-1)];
}
