import type { TextRange } from '../../corpus/document.ts';
import { UserError } from '../../foundation/userError.ts';
import { bertTokenizer } from './bert.ts';
import { byteLevelTokenizer } from './byteLevel.ts';
import { readTokenizerFiles } from './files.ts';
import type { TokenizerFiles } from './files.ts';

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

/** One entry a kind of tokenizer, by the `model.type` of its `tokenizer.json`. */
const kinds: Readonly<Record<string, (files: TokenizerFiles) => Tokenizer>> = {
  WordPiece: bertTokenizer,
  BPE: byteLevelTokenizer,
};

/**
 * Reads the tokenizer of a model folder: `tokenizer.json`; where that is missing `vocab.txt` (BERT), or
 * `vocab.json` and `merges.txt` (RoBERTa). Throws `UserError` when none is there, one is malformed, or its
 * kind is unknown.
 */
export async function loadTokenizer(folder: string): Promise<Tokenizer> {
  const files = await readTokenizerFiles(folder);
  const make = Object.hasOwn(kinds, files.kind) ? kinds[files.kind] : undefined;
  if (make === undefined) {
    throw new UserError(`Tokenizers of type ${files.kind} are not supported.`, {
      place: { file: files.file },
      nextStep: `Choose a model with one of these: ${Object.keys(kinds).join(', ')}.`,
    });
  }
  return make(files);
}
