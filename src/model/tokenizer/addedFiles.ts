import path from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue } from '../../foundation/json.ts';
import { readOptionalJsonObject } from '../jsonFile.ts';
import { specialNames, tokenContent } from './special.ts';
import type { AddedToken, SpecialTokens } from './types.ts';
import { isId, malformed } from './vocabulary.ts';

/** An added token as a file gives it, before it has an id. */
type Listed = Omit<AddedToken, 'id'>;

/** What a folder's files say about tokens besides the vocabulary. */
export interface AddedFiles {
  /** The names of special tokens: tokenizer_config.json with, in older folders, special_tokens_map.json over it. */
  readonly settings: JsonObject;
  /** In the order of the ids that the files give. */
  readonly listed: readonly Listed[];
  /** Special tokens without an id, in order. */
  readonly extra: readonly Listed[];
}

/**
 * Reads the added tokens of a folder from the places that transformers 5 reads, with its precedence
 * (`PreTrainedTokenizerBase._from_pretrained`): `added_tokens_decoder` of tokenizer_config.json or, if there is none,
 * added_tokens.json and over it the list in tokenizer.json. Throws `UserError`.
 */
export async function readAddedFiles(
  folder: string,
  config: JsonObject,
  tokenizer: { readonly added: JsonValue | undefined; readonly file: string } | undefined,
): Promise<AddedFiles> {
  const configFile = path.join(folder, 'tokenizer_config.json');
  const decoder = config['added_tokens_decoder'];
  const map =
    decoder === undefined
      ? ((await readOptionalJsonObject(path.join(folder, 'special_tokens_map.json'))) ?? {})
      : {};
  const settings = { ...config, ...map };
  const special = specialTokensOf(settings);
  const extra = [...special, ...extraTokens(settings, config)];
  if (decoder !== undefined) {
    return { settings, listed: inOrder(readDecoder(decoder, configFile)), extra };
  }
  const byId = new Map<number, Listed>();
  // The older name of the list counts in tokenizer_config.json only.
  const { additional_special_tokens: _, ...newer } = map;
  const known = new Set(
    [...special, ...extraTokens({ ...config, ...newer }, config)].map(({ content }) => content),
  );
  const addedFile = path.join(folder, 'added_tokens.json');
  for (const [content, id] of Object.entries((await readOptionalJsonObject(addedFile)) ?? {})) {
    if (content === '' || !isId(id)) throw malformed(addedFile, 'it contains something that is not a token');
    byId.set(id, { content, normalized: !known.has(content) });
  }
  if (tokenizer !== undefined) {
    for (const [id, token] of readAdded(tokenizer.added, tokenizer.file)) byId.set(id, token);
  }
  return { settings, listed: inOrder(byId), extra };
}

/** The list `added_tokens` of tokenizer.json, by id. */
export function readAdded(added: JsonValue | undefined, file: string): ReadonlyMap<number, Listed> {
  if (added === undefined || added === null) return new Map();
  if (!Array.isArray(added)) throw malformed(file, 'added_tokens is not a list');
  return new Map(
    added.map((token: JsonValue) => {
      const id = isJsonObject(token) ? token['id'] : undefined;
      const listed = isJsonObject(token) ? listedToken(token) : undefined;
      if (listed === undefined || !isId(id)) {
        throw malformed(file, 'added_tokens contains something that is not a token');
      }
      return [id, listed];
    }),
  );
}

function readDecoder(decoder: JsonValue, file: string): ReadonlyMap<number, Listed> {
  if (!isJsonObject(decoder)) throw malformed(file, 'added_tokens_decoder is not an object');
  return new Map(
    Object.entries(decoder).map(([key, token]) => {
      const listed = isJsonObject(token) ? listedToken(token) : undefined;
      if (listed === undefined || !/^\d{1,9}$/.test(key)) {
        throw malformed(file, 'added_tokens_decoder contains something that is not a token');
      }
      return [Number(key), listed];
    }),
  );
}

function listedToken(token: JsonObject): Listed | undefined {
  const { content, normalized, lstrip, rstrip, single_word: singleWord, special } = token;
  if (typeof content !== 'string' || content === '') return undefined;
  return {
    content,
    normalized: typeof normalized === 'boolean' ? normalized : special !== true,
    lstrip: lstrip === true,
    rstrip: rstrip === true,
    singleWord: singleWord === true,
  };
}

function inOrder(byId: ReadonlyMap<number, Listed>): readonly Listed[] {
  return [...byId].sort(([a], [b]) => a - b).map(([, token]) => token);
}

function specialTokensOf(settings: JsonObject): readonly Listed[] {
  return specialNames.flatMap((name) => specialToken(settings[`${name}_token`]));
}

/** A special token as a string, or as an object with its options; empty for anything else. */
function specialToken(value: JsonValue | undefined): readonly Listed[] {
  const content = tokenContent(value);
  if (content === undefined || content === '') return [];
  const listed = isJsonObject(value) ? listedToken({ special: true, ...value }) : undefined;
  return [listed ?? { content, normalized: false }];
}

/** Tokens of the model's own: fields such as `name_token`, and lists of more special tokens under two names. */
function extraTokens(settings: JsonObject, config: JsonObject): readonly Listed[] {
  const usual: ReadonlySet<string> = new Set(specialNames.map((name) => `${name}_token`));
  const own = Object.entries(config).flatMap(([key, value]) =>
    key.endsWith('_token') && !usual.has(key) && tokenContent(value) !== undefined ? [value] : [],
  );
  const lists = ['extra_special_tokens', 'additional_special_tokens'].flatMap((key) => {
    const value = settings[key];
    if (Array.isArray(value)) return value as readonly JsonValue[];
    return isJsonObject(value) ? Object.values(value) : [];
  });
  return [...own, ...lists].flatMap(specialToken);
}

/**
 * Gives the tokens their ids as Hugging Face's `tokenizers` does (`AddedVocabulary::add_tokens`): that of the vocabulary,
 * otherwise the next one. Ids in files are followed only as far as they agree with this.
 */
export function withIds(
  { listed, extra }: AddedFiles,
  special: SpecialTokens,
  vocabulary: ReadonlyMap<string, number>,
): readonly AddedToken[] {
  const added = new Map<string, AddedToken>();
  let largest = -1;
  const add = (token: Listed): void => {
    const known = added.get(token.content)?.id ?? vocabulary.get(token.content);
    const id = known ?? Math.max(largest + 1, vocabulary.size);
    added.set(token.content, { ...token, id });
    largest = Math.max(largest, id);
  };
  for (const token of listed) add(token);
  for (const token of extra) if (!added.has(token.content)) add(token);
  // The usual names, where no file gives others; a model need not have all of them.
  for (const content of Object.values(special)) {
    if (!added.has(content) && vocabulary.has(content)) add({ content, normalized: false });
  }
  return [...added.values()];
}
