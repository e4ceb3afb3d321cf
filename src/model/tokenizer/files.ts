import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject } from '../../foundation/json.ts';
import type { JsonObject, JsonValue } from '../../foundation/json.ts';
import { UserError, asFileError } from '../../foundation/userError.ts';
import { readOptionalJsonObject } from '../jsonFile.ts';

/** A token that stands in the text as it is, outside the rules of the vocabulary. */
export interface AddedToken {
  readonly content: string;
  readonly id: number;
  /** Whether it is looked for in the text after normalisation (else before). */
  readonly normalized: boolean;
}

/** A model folder's tokenizer files, checked as far as every kind of tokenizer needs it. */
export interface TokenizerFiles {
  /** The file that the vocabulary comes from, for messages. */
  readonly file: string;
  /** `model.type` of tokenizer.json; a bare vocab.txt is always WordPiece. */
  readonly kind: string;
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly added: readonly AddedToken[];
  /** The sections of tokenizer.json, in the form it has there. */
  readonly normalizer: JsonObject;
  readonly preTokenizer: JsonObject;
  readonly model: JsonObject;
  /** Contents of the special tokens. */
  readonly special: Readonly<Record<'cls' | 'sep' | 'pad' | 'unk', string>>;
}

export async function readTokenizerFiles(folder: string): Promise<TokenizerFiles> {
  const file = path.join(folder, 'tokenizer.json');
  const config = (await readOptionalJsonObject(path.join(folder, 'tokenizer_config.json'))) ?? {};
  const tokenizer = await readOptionalJsonObject(file);
  if (tokenizer === undefined) return fromVocabulary(folder, config);
  const model = section(tokenizer, 'model');
  return {
    file,
    kind: typeof model['type'] === 'string' ? model['type'] : 'unknown',
    vocabulary: readVocabulary(model['vocab'], file),
    added: readAdded(tokenizer['added_tokens'], file),
    normalizer: section(tokenizer, 'normalizer'),
    preTokenizer: section(tokenizer, 'pre_tokenizer'),
    model,
    special: specialTokens(config, model['unk_token']),
  };
}

/** Folders made before tokenizer.json: one token a line, its number is its id. */
async function fromVocabulary(folder: string, config: JsonObject): Promise<TokenizerFiles> {
  const file = path.join(folder, 'vocab.txt');
  const source = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw asFileError(error, file);
    throw new UserError('The model folder has no tokenizer: neither tokenizer.json nor vocab.txt.', {
      place: { file: folder },
      nextStep: 'Copy one of them from where the model came from.',
    });
  });
  const tokens = source.split(/\r?\n/);
  if (tokens.at(-1) === '') tokens.pop();
  const special = specialTokens(config, undefined);
  const vocabulary = new Map(tokens.map((token, id) => [token, id]));
  return {
    file,
    kind: 'WordPiece',
    vocabulary,
    added: [...Object.values(special), tokenContent(config['mask_token']) ?? '[MASK]'].flatMap((content) => {
      const id = vocabulary.get(content);
      return id === undefined ? [] : [{ content, id, normalized: false }];
    }),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: config['tokenize_chinese_chars'] ?? true,
      strip_accents: config['strip_accents'] ?? null,
      lowercase: config['do_lower_case'] ?? true,
    },
    preTokenizer: { type: 'BertPreTokenizer' },
    model: { type: 'WordPiece' },
    special,
  };
}

function section(tokenizer: JsonObject, key: string): JsonObject {
  const value = tokenizer[key];
  return isJsonObject(value) ? value : {};
}

function readVocabulary(vocab: JsonValue | undefined, file: string): Map<string, number> {
  if (!isJsonObject(vocab)) throw malformed(file, 'model.vocab is no object of tokens and ids');
  const entries = Object.entries(vocab);
  for (const [token, id] of entries) {
    if (!isId(id)) throw malformed(file, `the id of "${token}" is no whole number`);
  }
  return new Map(entries as [string, number][]);
}

function readAdded(added: JsonValue | undefined, file: string): AddedToken[] {
  if (added === undefined || added === null) return [];
  if (!Array.isArray(added)) throw malformed(file, 'added_tokens is no list');
  return added.map((token: JsonValue) => {
    const { content, id, normalized } = isJsonObject(token) ? token : {};
    if (typeof content !== 'string' || content === '' || !isId(id)) {
      throw malformed(file, 'added_tokens holds something that is no token');
    }
    return { content, id, normalized: normalized === true };
  });
}

function specialTokens(config: JsonObject, unk: JsonValue | undefined): TokenizerFiles['special'] {
  return {
    cls: tokenContent(config['cls_token']) ?? '[CLS]',
    sep: tokenContent(config['sep_token']) ?? '[SEP]',
    pad: tokenContent(config['pad_token']) ?? '[PAD]',
    unk: tokenContent(unk) ?? tokenContent(config['unk_token']) ?? '[UNK]',
  };
}

/** tokenizer_config.json gives a token as a string, or as an object with its `content`. */
function tokenContent(token: JsonValue | undefined): string | undefined {
  const content = isJsonObject(token) ? token['content'] : token;
  return typeof content === 'string' ? content : undefined;
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function malformed(file: string, what: string): UserError {
  return new UserError(`The tokenizer is malformed: ${what}.`, {
    place: { file },
    nextStep: 'Copy or download the model folder again.',
  });
}
