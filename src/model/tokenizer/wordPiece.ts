import type { TextRange } from '../../corpus/document.ts';

export interface WordPieceOptions {
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly unkId: number;
  /** The prefix, in the vocabulary, of pieces that do not begin a word. */
  readonly continuingPrefix: string;
  /** Longer words (in code points) are unknown. */
  readonly longestWord: number;
}

/** A token: its id and its range in the word. */
export interface Piece extends TextRange {
  readonly id: number;
}

/**
 * Splits a word into the longest pieces of the vocabulary, from left to right (Wu et al. 2016, as in BERT). A word that
 * cannot be split completely is one unknown token.
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
