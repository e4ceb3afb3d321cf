import { bertTokenizer } from './bert.ts';
import { byteLevelTokenizer } from './byteLevel.ts';
import { readTokenizerFiles } from './files.ts';
import type { Tokenizer, TokenizerFiles } from './types.ts';

/** By `model.type` of `tokenizer.json`. */
const kinds: Readonly<Record<TokenizerFiles['kind'], (files: TokenizerFiles) => Tokenizer>> = {
  WordPiece: bertTokenizer,
  BPE: byteLevelTokenizer,
};

/**
 * Reads the tokenizer of a model folder: `tokenizer.json` or, if it is missing, `vocab.txt` (BERT) or `vocab.json` and
 * `merges.txt` (RoBERTa). Throws `UserError` if none exists, one is malformed, or its kind is unknown.
 */
export async function loadTokenizer(folder: string): Promise<Tokenizer> {
  const files = await readTokenizerFiles(folder);
  return kinds[files.kind](files);
}
