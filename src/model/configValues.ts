import type { JsonObject } from '../foundation/json.ts';
import type { UserError } from '../foundation/userError.ts';
import { brokenModel } from './brokenModel.ts';

/** What transformers takes for a key that is missing (`BertConfig` and `RobertaConfig`, 5.24). */
const defaults: Readonly<Record<string, number>> = {
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
  max_position_embeddings: 512,
  type_vocab_size: 2,
};
const vocabularySizes = { bert: 30_522, roberta: 50_265 };

/** A size from config.json, or its default. Throws `UserError` if it is not a positive whole number. */
export function size(config: JsonObject, key: string, file: string): number {
  const family = config['model_type'] === 'roberta' ? 'roberta' : 'bert';
  const usual = key === 'vocab_size' ? vocabularySizes[family] : defaults[key];
  const value = config[key] === undefined ? usual : config[key];
  if (isCount(value)) return value;
  throw notEncoder(`${key} is not a positive whole number.`, file);
}

/** The error for a config.json that is not of a BERT or RoBERTa model. */
export function notEncoder(message: string, file: string): UserError {
  return brokenModel(file, message, 'Choose the folder of a BERT or RoBERTa model.');
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** A number of [0, 1) from config.json, or `fallback` if it has none. Throws `UserError` for any other number. */
export function fraction(config: JsonObject, key: string, fallback: number, file: string): number {
  const value = config[key] ?? fallback;
  if (typeof value === 'number' && value >= 0 && value < 1) return value;
  throw notEncoder(`${key} is not a number from 0 up to 1.`, file);
}
