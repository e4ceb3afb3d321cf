import { isJsonObject, type JsonObject, type JsonValue } from '../../foundation/json.ts';
import type { RecordReport } from './report.ts';

const starts = ['start', 'start_offset', 'begin', 'from', 'start_char', 'startOffset', 'start_index'];
const ends = ['end', 'end_offset', 'to', 'end_char', 'endOffset', 'end_index'];
const labels = [
  'label',
  'labels',
  'type',
  'tag',
  'category',
  'class',
  'entity',
  'entity_group',
  'entity_type',
  'name',
];

/** At most so many items of a list are looked at. */
const looked = 20;

/**
 * Throws `RangeError` if a field that Chartmark does not know holds labelled ranges: these are annotations, and a record
 * without them would be wrong. Reports ranges without labels.
 */
export function checkOtherFields(
  fields: readonly (readonly [string, JsonValue | undefined])[],
  report: RecordReport,
): void {
  for (const [key, value] of fields) {
    if (!Array.isArray(value)) continue;
    const items = (value as readonly JsonValue[]).slice(0, looked);
    if (items.some(isLabelledRange)) {
      throw new RangeError(`its field "${key}" holds annotated ranges, but the field for these is "spans"`);
    }
    if (items.some(isRange))
      report('unknown-field', `The ranges in the field "${key}" have no label and are not used.`);
  }
}

function isLabelledRange(item: JsonValue): boolean {
  if (Array.isArray(item)) {
    const [start, end, label] = item as readonly unknown[];
    return Number.isInteger(start) && Number.isInteger(end) && typeof label === 'string';
  }
  return isRange(item) && isJsonObject(item) && labels.some((key) => isLabel(item[key]));
}

function isRange(item: JsonValue): boolean {
  return isJsonObject(item) && hasNumber(item, starts) && hasNumber(item, ends);
}

function hasNumber(item: JsonObject, keys: readonly string[]): boolean {
  return keys.some((key) => typeof item[key] === 'number');
}

function isLabel(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || (Array.isArray(value) && value.length > 0);
}
