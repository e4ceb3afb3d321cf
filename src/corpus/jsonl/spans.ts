import { isJsonObject, type JsonObject, type JsonValue } from '../../foundation/json.ts';
import { createSpan, type Span } from '../document.ts';
import { takeFreeId } from '../freeId.ts';
import type { CodePointOffsets } from '../offsets.ts';
import { listOf, optionalText, provenanceOf, rangeOf } from './fields.ts';

/** The list of spans in a record, under the key of Chartmark and Prodigy, spaCy or doccano. */
function spanItems(record: JsonObject): readonly JsonValue[] {
  const key = ['spans', 'entities', 'label', 'labels'].find((name) => Array.isArray(record[name]));
  if (key === undefined) return record['spans'] === undefined ? [] : listOf(record, 'spans');
  return listOf(record, key).filter((item) => typeof item === 'object');
}

/** Throws `RangeError` if a span has no label or is outside the text. */
export function readSpans(record: JsonObject, text: string, offsets: CodePointOffsets): Span[] {
  const items = spanItems(record);
  const taken = new Set<string>();
  const named = items.map((item) => (isJsonObject(item) ? optionalText(item, 'id') : undefined));
  for (const id of named) if (id !== undefined) taken.add(id);
  const used = new Set<string>();
  return items.map((item, index) => {
    const own = named[index];
    const id = own === undefined || used.has(own) ? takeFreeId('T', taken) : own;
    used.add(id);
    return readSpan(item, id, text, offsets);
  });
}

function readSpan(item: JsonValue, id: string, text: string, offsets: CodePointOffsets): Span {
  const range = rangeOf(item, offsets);
  if (Array.isArray(item)) {
    const label: unknown = item[2];
    if (typeof label !== 'string') throw new RangeError('a span has no label');
    return createSpan(text, { id, ...range, label, source: 'human' });
  }
  const record = isJsonObject(item) ? item : {};
  const label = optionalText(record, 'label');
  if (label === undefined) throw new RangeError('a span has no label');
  const fragments = listOf(record, 'fragments').map((part) => rangeOf(part, offsets));
  return createSpan(text, {
    id,
    ...range,
    label,
    ...provenanceOf(record),
    ...(fragments.length > 1 ? { fragments } : {}),
  });
}
