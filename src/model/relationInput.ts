import type { Tokenizer } from './tokenizer/tokenizer.ts';

/** A text's token ids, without special tokens; `cut` when some had to be left out. */
export interface RelationInput {
  readonly ids: readonly number[];
  readonly cut: boolean;
}

/** `@GENE$`, as relation rows mask the two mentions. */
const mask = /@[^\s@$]+\$/gu;

/**
 * The ids of a relation row of at most `capacity` tokens. A longer text keeps the stretch around its masked
 * mentions, from both sides alike (from its beginning when it has none): the relation is stated there.
 * Training and running use this one function, so that they read the same.
 */
export function relationInput(tokenizer: Tokenizer, text: string, capacity: number): RelationInput {
  const { ids, offsets } = tokenizer.encode(text);
  if (ids.length <= capacity) return { ids, cut: false };
  const masks = [...text.matchAll(mask)];
  const first = masks[0];
  const last = masks.at(-1);
  if (first === undefined || last === undefined) return { ids: ids.slice(0, capacity), cut: true };
  const from = offsets.findIndex(({ end }) => end > first.index);
  const to = offsets.findLastIndex(({ start }) => start < last.index + last[0].length) + 1;
  const centred = Math.floor((from + to - capacity) / 2);
  // Mentions further apart than the model can see: the first one stays.
  const start = Math.max(0, Math.min(from, centred, ids.length - capacity));
  return { ids: ids.slice(start, start + capacity), cut: true };
}
