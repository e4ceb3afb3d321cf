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

/** Converts a range in code points (see `statedRange`) to UTF-16 units. Throws `RangeError` if it is outside the text. */
export function rangeOf(item: JsonValue | undefined, offsets: CodePointOffsets): TextRange {
  const { start, end } = statedRange(item);
  if (start < 0 || end > offsets.length) {
    throw new RangeError(
      `offsets ${start}-${end} are outside the text (${counted(offsets.length, 'code point')})`,
    );
  }
  if (start >= end) throw new RangeError(`offsets ${start}-${end} contain no character`);
  return { start: offsets.toUtf16(start), end: offsets.toUtf16(end) };
}

/** A range as it is written: `{"start", "end"}`, or doccano's `{"start_offset", "end_offset"}` or `[start, end]`. */
export function statedRange(item: JsonValue | undefined): TextRange {
  const [start, end] = edgesOf(item);
  if (!isOffset(start) || !isOffset(end)) throw new RangeError('a range has no "start" or "end"');
  return { start, end };
}

function isOffset(value: unknown): value is number {
  return Number.isInteger(value);
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
