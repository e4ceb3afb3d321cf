import { isJsonObject, type JsonObject, type JsonValue } from '../../foundation/json.ts';
import type { Relation, Span } from '../document.ts';
import { takeFreeId } from '../freeId.ts';
import type { CodePointOffsets } from '../offsets.ts';
import { listOf, optionalText, provenanceOf, rangeOf } from './fields.ts';

/** Throws `RangeError` if an end of a relation is not a span of the record. */
export function readRelations(
  record: JsonObject,
  spans: readonly Span[],
  offsets: CodePointOffsets,
): Relation[] {
  const taken = new Set<string>();
  const relations: Relation[] = [];
  for (const item of listOf(record, 'relations')) {
    if (!isJsonObject(item)) throw new RangeError('a relation is not a JSON object');
    const own = optionalText(item, 'id');
    const id = own === undefined || taken.has(own) ? takeFreeId('R', taken) : own;
    taken.add(id);
    relations.push({
      id,
      head: endOf(item, ['head_span', 'head', 'from_id'], spans, offsets),
      tail: endOf(item, ['child_span', 'tail', 'to_id'], spans, offsets),
      label: optionalText(item, 'label') ?? optionalText(item, 'type') ?? 'relation',
      ...provenanceOf(item),
    });
  }
  return relations;
}

/**
 * The ID of the span at one end. Chartmark and doccano write IDs, Prodigy the range of the span. An index into the list
 * of spans is also accepted.
 */
function endOf(
  relation: JsonObject,
  keys: readonly string[],
  spans: readonly Span[],
  offsets: CodePointOffsets,
): string {
  const value = keys.map((key) => relation[key]).find((candidate) => candidate !== undefined);
  const span = isJsonObject(value) ? spanAt(value, spans, offsets) : spanNamed(value, spans);
  if (span === undefined) throw new RangeError('a relation refers to a span that does not exist');
  return span.id;
}

function spanNamed(value: JsonValue | undefined, spans: readonly Span[]): Span | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const byId = spans.find(({ id }) => id === String(value));
  return byId ?? (typeof value === 'number' ? spans[value] : undefined);
}

function spanAt(value: JsonObject, spans: readonly Span[], offsets: CodePointOffsets): Span | undefined {
  const { start, end } = rangeOf(value, offsets);
  return spans.find((span) => span.start === start && span.end === end);
}
