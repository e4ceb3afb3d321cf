import { UserError } from '../../foundation/userError.ts';
import { bertTokenizer } from './bert.ts';
import { byteLevelTokenizer } from './byteLevel.ts';
import { readTokenizerFiles } from './files.ts';
import type { Tokenizer, TokenizerFiles } from './types.ts';

/** By `model.type` of `tokenizer.json`. */
const kinds: Readonly<Record<string, (files: TokenizerFiles) => Tokenizer>> = {
  WordPiece: bertTokenizer,
  BPE: byteLevelTokenizer,
};

/**
 * Reads the tokenizer of a model folder: `tokenizer.json` or, if it is missing, `vocab.txt` (BERT) or `vocab.json` and
 * `merges.txt` (RoBERTa). Throws `UserError` if none exists, one is malformed, or its kind is unknown.
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
