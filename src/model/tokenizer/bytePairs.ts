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

/** Joins all occurrences of the best pair at once, so that even a very long word takes few passes. */
function join(bytes: readonly string[], ranks: ReadonlyMap<string, number>): readonly string[] {
  let symbols = bytes;
  for (;;) {
    let best = Infinity;
    let left = '';
    let right = '';
    for (let i = 1; i < symbols.length; i++) {
      const rank = ranks.get(`${symbols[i - 1]} ${symbols[i]}`) ?? Infinity;
      if (rank >= best) continue;
      best = rank;
      left = symbols[i - 1] as string;
      right = symbols[i] as string;
    }
    if (best === Infinity) return symbols;
    const joined: string[] = [];
    for (let i = 0; i < symbols.length; i++) {
      if (symbols[i] === left && symbols[i + 1] === right) {
        joined.push(left + right);
        i++;
      } else joined.push(symbols[i] as string);
    }
    symbols = joined;
  }
}
