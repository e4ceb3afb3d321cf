import path from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue } from '../../foundation/json.ts';
import { readOptionalJsonObject } from '../jsonFile.ts';
import { readOlderFiles } from './olderFiles.ts';
import { specialTokens } from './special.ts';
import type { AddedToken, TokenizerFiles } from './types.ts';
import { isId, malformed, readVocabulary } from './vocabulary.ts';

/** Reads `tokenizer.json`, or the older files if it is missing. Throws `UserError`. */
export async function readTokenizerFiles(folder: string): Promise<TokenizerFiles> {
  const file = path.join(folder, 'tokenizer.json');
  const config = (await readOptionalJsonObject(path.join(folder, 'tokenizer_config.json'))) ?? {};
  const tokenizer = await readOptionalJsonObject(file);
  if (tokenizer === undefined) return readOlderFiles(folder, config);
  const model = section(tokenizer, 'model');
  const kind = typeof model['type'] === 'string' ? model['type'] : 'unknown';
  return {
    file,
    kind,
    vocabulary: readVocabulary(model['vocab'], file, 'model.vocab'),
    added: readAdded(tokenizer['added_tokens'], file),
    normalizer: section(tokenizer, 'normalizer'),
    preTokenizer: section(tokenizer, 'pre_tokenizer'),
    model,
    special: specialTokens(kind, config, model['unk_token']),
  };
}

function section(tokenizer: JsonObject, key: string): JsonObject {
  const value = tokenizer[key];
  return isJsonObject(value) ? value : {};
}

function readAdded(added: JsonValue | undefined, file: string): AddedToken[] {
  if (added === undefined || added === null) return [];
  if (!Array.isArray(added)) throw malformed(file, 'added_tokens is not a list');
  return added.map((token: JsonValue) => {
    const { content, id, normalized, lstrip, rstrip } = isJsonObject(token) ? token : {};
    if (typeof content !== 'string' || content === '' || !isId(id)) {
      throw malformed(file, 'added_tokens contains something that is not a token');
    }
    return {
      content,
      id,
      normalized: normalized === true,
      lstrip: lstrip === true,
      rstrip: rstrip === true,
    };
  });
}
