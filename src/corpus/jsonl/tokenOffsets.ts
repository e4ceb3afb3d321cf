import { isJsonObject, type JsonObject, type JsonValue } from '../../foundation/json.ts';

/**
 * A span with character offsets: those of its tokens if it has only `token_start` and `token_end` (the last token,
 * included), as in Prodigy. Throws `RangeError` if the record does not list these tokens.
 */
export function withCharacterOffsets(item: JsonValue, record: JsonObject): JsonValue {
  if (!isJsonObject(item) || item['start'] !== undefined || item['start_offset'] !== undefined) return item;
  const [first, last] = [item['token_start'], item['token_end']];
  if (typeof first !== 'number' || typeof last !== 'number') return item;
  const start = edgeOf(record, first, 'start');
  const end = edgeOf(record, last, 'end');
  if (start === undefined || end === undefined) {
    throw new RangeError(
      'a span has token offsets only, and the record does not list these tokens with their offsets',
    );
  }
  return { ...item, start, end };
}

function edgeOf(record: JsonObject, index: number, edge: 'start' | 'end'): number | undefined {
  const tokens: unknown = record['tokens'];
  const token: unknown = Array.isArray(tokens) ? tokens[index] : undefined;
  const value = isJsonObject(token) ? token[edge] : undefined;
  return typeof value === 'number' ? value : undefined;
}
