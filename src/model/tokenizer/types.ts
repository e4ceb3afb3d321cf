import type { TextRange } from '../../corpus/document.ts';
import type { JsonObject } from '../../foundation/json.ts';

/** Turns text into the numbers a model reads. Nothing is cut, and no special token is added. */
export interface Tokenizer {
  /** Ids of a text's tokens, and for each the part of `text` it stands for. */
  encode(text: string): { readonly ids: number[]; readonly offsets: TextRange[] };
  /**
   * Ids of the tokens of words that are already apart, and for each the index of its word. Every word has
   * at least one: a word of which nothing is left (control characters alone) is the unknown token.
   */
  encodeWords(words: readonly string[]): { readonly ids: number[]; readonly wordIndex: number[] };
  readonly clsId: number;
  readonly sepId: number;
  readonly padId: number;
  readonly unkId: number;
  /** One more than the largest id. */
  readonly vocabSize: number;
}

/** Contents of the tokens that stand for something else than text. */
export type SpecialTokens = Readonly<Record<'cls' | 'sep' | 'pad' | 'unk' | 'mask', string>>;

/** A token that stands in the text as it is, outside the rules of the vocabulary. */
export interface AddedToken {
  readonly content: string;
  readonly id: number;
  /** Whether it is looked for in the text after normalisation (else before). */
  readonly normalized: boolean;
  /** Whether it takes in the white space before it, or after it. */
  readonly lstrip?: boolean;
  readonly rstrip?: boolean;
}

/** A model folder's tokenizer files, checked as far as every kind of tokenizer needs it. */
export interface TokenizerFiles {
  /** The file that the vocabulary comes from, for messages. */
  readonly file: string;
  /** `model.type` of tokenizer.json; a bare vocab.txt is always WordPiece, a bare vocab.json BPE. */
  readonly kind: string;
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly added: readonly AddedToken[];
  /** The sections of tokenizer.json, in the form it has there. */
  readonly normalizer: JsonObject;
  readonly preTokenizer: JsonObject;
  readonly model: JsonObject;
  readonly special: SpecialTokens;
}
