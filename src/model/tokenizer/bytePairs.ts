import { NumberQueue } from './numberQueue.ts';

export interface BytePairOptions {
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Pairs `left right`, in the order in which they are joined. */
  readonly merges: readonly string[];
  readonly unkId: number;
}

/** A token: its id, its range in the bytes of the word, and the number of spaces at its ends. */
export interface BytePiece {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly leadingBlanks: number;
  readonly trailingBlanks: number;
}

/** U+0120 is the character for the byte of a space. */
const leading = /^\u0120+/;
const trailing = /\u0120+$/;

/**
 * GPT-2's characters for the 256 bytes (Radford et al. 2019, `bytes_to_unicode`): a printable Latin-1 byte is itself,
 * and the others are numbered from U+0100 on.
 */
const byteCharacters: readonly string[] = (() => {
  let other = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
    return String.fromCharCode(printable ? byte : other++);
  });
})();

/**
 * Byte-level byte-pair encoding (Sennrich et al. 2016 on bytes, as in GPT-2 and RoBERTa): joins the bytes of a word
 * pair by pair, always those that come first in `merges`.
 */
export function bytePairs({
  vocabulary,
  merges,
  unkId,
}: BytePairOptions): (word: string) => readonly BytePiece[] {
  const ranks = new Map(merges.map((pair, rank) => [pair, rank]));
  const encoder = new TextEncoder();
  return (word) => {
    const symbols = join(
      Array.from(encoder.encode(word), (byte) => byteCharacters[byte] as string),
      ranks,
    );
    let start = 0;
    return symbols.map((symbol) => {
      const piece = {
        id: vocabulary.get(symbol) ?? unkId,
        start,
        end: start + symbol.length,
        leadingBlanks: symbol.length - symbol.replace(leading, '').length,
        trailingBlanks: symbol.length - symbol.replace(trailing, '').length,
      };
      start = piece.end;
      return piece;
    });
  };
}

/** The place of a pair in the queue: first by rank, then by position. Both are below 2^26. */
const positions = 2 ** 26;

/**
 * Joins the best pair again and again, of equal ones the leftmost. With a queue of pairs, a word of a megabyte takes
 * seconds and not hours.
 */
function join(bytes: readonly string[], ranks: ReadonlyMap<string, number>): readonly string[] {
  const symbols: (string | undefined)[] = [...bytes];
  const next = Int32Array.from(bytes, (_, i) => i + 1);
  const previous = Int32Array.from(bytes, (_, i) => i - 1);
  const rankAt = (left: number): number | undefined => {
    const right = next[left] ?? symbols.length;
    return right < symbols.length ? ranks.get(`${symbols[left]} ${symbols[right]}`) : undefined;
  };
  const queue = new NumberQueue();
  const add = (left: number): void => {
    const rank = left < 0 ? undefined : rankAt(left);
    if (rank !== undefined) queue.push(rank * positions + left);
  };
  for (let left = 0; left + 1 < symbols.length; left++) add(left);
  for (let best = queue.pop(); best !== undefined; best = queue.pop()) {
    const left = best % positions;
    // A pair of which one half was joined with something else is no longer there.
    if (symbols[left] === undefined || rankAt(left) !== Math.floor(best / positions)) continue;
    const right = next[left] as number;
    const after = next[right] as number;
    symbols[left] = `${symbols[left]}${symbols[right]}`;
    symbols[right] = undefined;
    next[left] = after;
    if (after < symbols.length) previous[after] = left;
    add(previous[left] as number);
    add(left);
  }
  return symbols.filter((symbol) => symbol !== undefined);
}
