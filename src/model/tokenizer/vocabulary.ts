import type { UserError } from '../../foundation/userError.ts';
import { isJsonObject, type JsonValue } from '../../foundation/json.ts';
import { brokenModel, quoted } from '../brokenModel.ts';

/** Reads an object of tokens and their ids; `what` names it in errors. */
export function readVocabulary(
  vocab: JsonValue | undefined,
  file: string,
  what: string,
): Map<string, number> {
  if (!isJsonObject(vocab)) throw malformed(file, `${what} is not an object of tokens and ids`);
  const entries = Object.entries(vocab);
  for (const [token, id] of entries) {
    if (!isId(id)) throw malformed(file, `the id of ${quoted(token)} is not a whole number`);
  }
  return new Map(entries as [string, number][]);
}

export function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function malformed(file: string, what: string): UserError {
  return brokenModel(file, `The tokenizer is malformed: ${what}.`);
}
