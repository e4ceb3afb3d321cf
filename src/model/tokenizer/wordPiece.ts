import type { TextRange } from '../../corpus/document.ts';

export interface WordPieceOptions {
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly unkId: number;
  /** What a piece that does not begin a word begins with in the vocabulary. */
  readonly continuingPrefix: string;
  /** Words of more characters (code points) are unknown. */
  readonly longestWord: number;
}

/** A token: its id and its part of the word. */
export interface Piece extends TextRange {
  readonly id: number;
}

/**
 * Cuts a word into the longest pieces of the vocabulary, from the left. A word that cannot be cut to its
 * end is one unknown token (Wu et al. 2016, as in BERT).
 */
export function wordPiece(options: WordPieceOptions): (word: string) => readonly Piece[] {
  const { vocabulary, unkId, continuingPrefix, longestWord } = options;
  let longestPiece = 0;
  for (const piece of vocabulary.keys()) longestPiece = Math.max(longestPiece, piece.length);

  return (word) => {
    const unknown = [{ id: unkId, start: 0, end: word.length }];
    if (word.length > longestWord && Array.from(word).length > longestWord) return unknown;
    const pieces: Piece[] = [];
    let start = 0;
    while (start < word.length) {
      const prefix = start === 0 ? '' : continuingPrefix;
      let end = Math.min(word.length, start + longestPiece);
      let id = vocabulary.get(prefix + word.slice(start, end));
      while (id === undefined && end > start + 1) {
        end--;
        id = vocabulary.get(prefix + word.slice(start, end));
      }
      if (id === undefined) return unknown;
      pieces.push({ id, start, end });
      start = end;
    }
    return pieces;
  };
}
