import type { JsonObject, JsonValue } from '../../foundation/json.ts';
import type { SpecialTokens, TokenizerFiles } from './types.ts';
import { brokenModel, shortened } from '../brokenModel.ts';

/** The names in BERT and in RoBERTa if no file gives others. */
const byDefault: Readonly<Record<'WordPiece' | 'BPE', SpecialTokens>> = {
  WordPiece: { cls: '[CLS]', sep: '[SEP]', pad: '[PAD]', unk: '[UNK]', mask: '[MASK]' },
  BPE: { cls: '<s>', sep: '</s>', pad: '<pad>', unk: '<unk>', mask: '<mask>' },
};

/** The names of special tokens that have a meaning of their own in settings, such as `cls_token`. */
export const specialNames = ['bos', 'eos', 'unk', 'sep', 'pad', 'cls', 'mask'] as const;

/** The special tokens from the settings, which are before `unk`, the unknown token of tokenizer.json. */
export function specialTokens(kind: string, config: JsonObject, unk?: JsonValue): SpecialTokens {
  const usual = byDefault[kind === 'BPE' ? 'BPE' : 'WordPiece'];
  const named = (name: keyof SpecialTokens): string => tokenContent(config[`${name}_token`]) ?? usual[name];
  return {
    cls: named('cls'),
    sep: named('sep'),
    pad: named('pad'),
    unk: tokenContent(config['unk_token']) ?? tokenContent(unk) ?? usual.unk,
    mask: named('mask'),
  };
}

/** tokenizer_config.json gives a token as a string, or as an object with its `content`. */
export function tokenContent(token: JsonValue | undefined): string | undefined {
  const content =
    typeof token === 'object' && token !== null && 'content' in token ? token['content'] : token;
  return typeof content === 'string' ? content : undefined;
}

/** The ids that are part of a `Tokenizer`. Throws `UserError` if the vocabulary lacks one. */
export function specialIds(files: TokenizerFiles) {
  return {
    clsId: specialId(files, 'cls'),
    sepId: specialId(files, 'sep'),
    padId: specialId(files, 'pad'),
    unkId: specialId(files, 'unk'),
    vocabSize: largestId(files) + 1,
  };
}

function specialId(files: TokenizerFiles, name: keyof SpecialTokens): number {
  const content = files.special[name];
  const id = files.vocabulary.get(content) ?? files.added.find((token) => token.content === content)?.id;
  if (id !== undefined) return id;
  throw brokenModel(files.file, `The vocabulary has no token ${shortened(content)}.`);
}

function largestId(files: TokenizerFiles): number {
  let largest = 0;
  for (const id of files.vocabulary.values()) largest = Math.max(largest, id);
  for (const { id } of files.added) largest = Math.max(largest, id);
  return largest;
}
