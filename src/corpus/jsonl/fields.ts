import { isJsonObject, type JsonObject, type JsonValue } from '../../foundation/json.ts';
import { counted } from '../../foundation/numbers.ts';
import type { Source, TextRange } from '../document.ts';
import type { CodePointOffsets } from '../offsets.ts';

/** The items of a list field; empty if the field is absent or null. */
export function listOf(record: JsonObject, key: string): readonly JsonValue[] {
  const value = record[key] ?? [];
  if (!Array.isArray(value)) throw new RangeError(`"${key}" is not a list`);
  return value as readonly JsonValue[];
}

/** A text or number field as text. */
export function optionalText(record: JsonObject, key: string): string | undefined {
  const value = record[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/**
 * Converts a range in code points to UTF-16 units: `{"start", "end"}`, or doccano's `{"start_offset", "end_offset"}`
 * or `[start, end]`.
 */
export function rangeOf(item: JsonValue | undefined, offsets: CodePointOffsets): TextRange {
  const [start, end] = edgesOf(item);
  if (!Number.isInteger(start) || !Number.isInteger(end)) {
    throw new RangeError('a range has no "start" or "end"');
  }
  const range = { start: start as number, end: end as number };
  if (range.start < 0 || range.end > offsets.length) {
    throw new RangeError(
      `offsets ${range.start}-${range.end} are outside the text (${counted(offsets.length, 'code point')})`,
    );
  }
  if (range.start >= range.end)
    throw new RangeError(`offsets ${range.start}-${range.end} contain no character`);
  return { start: offsets.toUtf16(range.start), end: offsets.toUtf16(range.end) };
}

function edgesOf(item: JsonValue | undefined): readonly unknown[] {
  if (Array.isArray(item)) return item;
  if (!isJsonObject(item)) return [];
  return [item['start'] ?? item['start_offset'], item['end'] ?? item['end_offset']];
}

const sources: readonly Source[] = ['human', 'model', 'llm', 'synthetic'];

/** The `source` of a span or relation (a person, unless it is one of Chartmark's sources), and its `score`. */
export function provenanceOf(item: JsonObject): { source: Source; score?: number } {
  const { score } = item;
  const source = sources.find((name) => name === item['source']) ?? 'human';
  if (score === undefined || score === null) return { source };
  if (typeof score !== 'number' || score < 0 || score > 1)
    throw new RangeError('a score is not a number from 0 to 1');
  return { source, score };
}
