import type { UserError } from '../../foundation/userError.ts';
import { isJsonObject, type JsonValue } from '../../foundation/json.ts';
import { brokenModel } from '../brokenModel.ts';

/** An object of tokens and their ids; `what` names it. */
export function readVocabulary(
  vocab: JsonValue | undefined,
  file: string,
  what: string,
): Map<string, number> {
  if (!isJsonObject(vocab)) throw malformed(file, `${what} is no object of tokens and ids`);
  const entries = Object.entries(vocab);
  for (const [token, id] of entries) {
    if (!isId(id)) throw malformed(file, `the id of "${token}" is no whole number`);
  }
  return new Map(entries as [string, number][]);
}

/** Whether this can be the id of a token. */
export function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A file of a tokenizer that is not as it should be. */
export function malformed(file: string, what: string): UserError {
  return brokenModel(file, `The tokenizer is malformed: ${what}.`);
}
