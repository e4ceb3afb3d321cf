import type { TextRange } from '../../corpus/document.ts';
import type { JsonObject } from '../../foundation/json.ts';

/** Converts text to token ids, without cutting it or adding special tokens. */
export interface Tokenizer {
  /** The ids of the tokens of a text, and the range of each in the text. */
  encode(text: string): { readonly ids: number[]; readonly offsets: TextRange[] };
  /**
   * The ids of the tokens of separate words, and the index of the word of each. Every word has at least one token: the
   * unknown token if nothing of the word is left (only control characters).
   */
  encodeWords(words: readonly string[]): { readonly ids: number[]; readonly wordIndex: number[] };
  readonly clsId: number;
  readonly sepId: number;
  readonly padId: number;
  readonly unkId: number;
  /** One more than the largest id. */
  readonly vocabSize: number;
}

/** The special tokens, as they are written in the vocabulary. */
export type SpecialTokens = Readonly<Record<'cls' | 'sep' | 'pad' | 'unk' | 'mask', string>>;

/** A token that is found in the text literally, before the vocabulary is used. */
export interface AddedToken {
  readonly content: string;
  readonly id: number;
  /** Whether it is searched for after the normalisation of the text instead of before. */
  readonly normalized: boolean;
  /** Whether it includes the white space before it (lstrip) or after it (rstrip). */
  readonly lstrip?: boolean;
  readonly rstrip?: boolean;
  /** Whether it is found only where no letter, digit or underscore touches it. */
  readonly singleWord?: boolean;
}

/** A model folder's tokenizer files, checked as far as every kind of tokenizer needs it. */
export interface TokenizerFiles {
  /** The file that the vocabulary comes from, for messages. */
  readonly file: string;
  /** `model.type` of tokenizer.json; a bare vocab.txt is always WordPiece, a bare vocab.json BPE. */
  readonly kind: 'WordPiece' | 'BPE';
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly added: readonly AddedToken[];
  /** The sections of tokenizer.json, also for the older files. */
  readonly normalizer: JsonObject;
  readonly preTokenizer: JsonObject;
  readonly model: JsonObject;
  readonly special: SpecialTokens;
}
