import path from 'node:path';
import { isJsonObject, type JsonObject } from '../../foundation/json.ts';
import { readOptionalJsonObject } from '../jsonFile.ts';
import { type AddedFiles, readAdded, readAddedFiles, withIds } from './addedFiles.ts';
import { readOlderFiles } from './olderFiles.ts';
import { specialTokens } from './special.ts';
import { isGeneral, refuseOtherClass, unusable } from './tokenizerClass.ts';
import type { TokenizerFiles } from './types.ts';
import { malformed, readVocabulary } from './vocabulary.ts';

/**
 * Reads `tokenizer.json`, or the older files if it is missing. Where files disagree, transformers 5 decides: settings in
 * tokenizer_config.json are before those in tokenizer.json, unless the class is a general one. Throws `UserError`, also
 * for kinds of tokenizers that cannot be used.
 */
export async function readTokenizerFiles(folder: string): Promise<TokenizerFiles> {
  const file = path.join(folder, 'tokenizer.json');
  const config = (await readOptionalJsonObject(path.join(folder, 'tokenizer_config.json'))) ?? {};
  const modelConfig = (await readOptionalJsonObject(path.join(folder, 'config.json'))) ?? {};
  const tokenizer = await readOptionalJsonObject(file);
  refuseOtherClass(folder, config, modelConfig, tokenizer !== undefined);
  if (tokenizer === undefined) return readOlderFiles(folder, config, modelConfig);
  const model = section(tokenizer, 'model', file);
  const kind = kindOf(model);
  if (kind === 'Unigram') throw unusable('Unigram (SentencePiece)', file);
  if (kind !== 'WordPiece' && kind !== 'BPE') throw unusable(kind, file);
  const general = isGeneral(config, modelConfig);
  const vocabulary = readVocabulary(model['vocab'], file, 'model.vocab');
  const added = await readAddedFiles(folder, config, { added: tokenizer['added_tokens'], file });
  const special = specialTokens(kind, added.settings, model['unk_token']);
  return {
    file,
    kind,
    vocabulary,
    added: withIds(general ? withOwn(added, tokenizer, file) : added, special, vocabulary),
    normalizer: general
      ? section(tokenizer, 'normalizer', file)
      : configured(tokenizer, 'normalizer', config, file),
    preTokenizer: general
      ? section(tokenizer, 'pre_tokenizer', file)
      : configured(tokenizer, 'pre_tokenizer', config, file),
    model,
    special,
  };
}

/** A general class has the tokens of tokenizer.json, and adds to them those of tokenizer_config.json. */
function withOwn(added: AddedFiles, tokenizer: JsonObject, file: string): AddedFiles {
  const own = [...readAdded(tokenizer['added_tokens'], file).values()];
  return { ...added, listed: [...own, ...added.listed] };
}

/** Older files do not name their type. */
function kindOf(model: JsonObject): string {
  const { type, vocab, merges, continuing_subword_prefix: prefix } = model;
  if (typeof type === 'string') return type;
  if (Array.isArray(vocab)) return 'Unigram';
  if (merges !== undefined) return 'BPE';
  return prefix === undefined ? 'unknown' : 'WordPiece';
}

/** The name of a setting of tokenizer.json in tokenizer_config.json. */
const settings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  BertNormalizer: {
    do_lower_case: 'lowercase',
    strip_accents: 'strip_accents',
    tokenize_chinese_chars: 'handle_chinese_chars',
  },
  ByteLevel: { add_prefix_space: 'add_prefix_space' },
};

function configured(tokenizer: JsonObject, key: string, config: JsonObject, file: string): JsonObject {
  const own = section(tokenizer, key, file);
  const type = own['type'];
  const names = typeof type === 'string' && Object.hasOwn(settings, type) ? settings[type] : undefined;
  const changed = Object.entries(names ?? {}).flatMap(([from, to]) => {
    const value = config[from];
    return value === undefined ? [] : [[to, value] as const];
  });
  return { ...own, ...Object.fromEntries(changed) };
}

function section(tokenizer: JsonObject, key: string, file: string): JsonObject {
  const value = tokenizer[key];
  if (value === undefined || value === null || isJsonObject(value)) return value ?? {};
  throw malformed(file, `${key} is not an object`);
}
