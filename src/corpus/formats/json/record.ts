import type { JsonObject, JsonValue } from '../../../foundation/json.ts';
import { UserError } from '../../../foundation/userError.ts';

/** The first of these members that is a text or number, as a text. */
export function textMember(record: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return undefined;
}

/** The list in a member of a record; an empty list if the member is missing or is not a list. */
export function listMember(record: JsonObject, name: string): readonly JsonValue[] {
  const value = record[name];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

export function isTextList(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The members of a record without some of them, for the `meta` of its document. */
export function otherMembers(record: JsonObject, ...without: readonly string[]): JsonObject {
  const { meta } = record;
  const others = Object.entries(record).filter(([key]) => key !== 'meta' && !without.includes(key));
  const own = typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? (meta as JsonObject) : {};
  return Object.fromEntries([...others, ...Object.entries(own)]);
}

export function brokenRecord(file: string, line: number, reason: string, nextStep: string): UserError {
  return new UserError(`This record cannot be read: ${reason}.`, { place: { file, line }, nextStep });
}
