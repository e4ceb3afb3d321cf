import { isJsonObject, type JsonValue } from '../../../foundation/json.ts';
import type { Attribute } from '../../document.ts';
import { type MentionDraft, placeMentions } from '../../placeMentions.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import { conceptAttribute } from '../conceptRelations.ts';
import type { UnnamedDocument } from '../nameDocuments.ts';
import { brokenRecord, textMember } from './record.ts';

/** A mention of a JSON record with the ID of its concept, if it has one. */
export interface MentionItem extends Omit<MentionDraft, 'id'> {
  readonly concept?: string | undefined;
}

/** Reads `[start, end, "label"]` or an object with start, end, label and perhaps text, under the names that tools use. */
export function readMentionItem(item: JsonValue, file: string, line: number): MentionItem {
  const [start, end, label] = Array.isArray(item) ? (item as readonly JsonValue[]) : edges(item);
  if (!Number.isInteger(start) || !Number.isInteger(end))
    throw brokenRecord(
      file,
      line,
      'a mention has no start and end',
      'Write each mention as [start, end, "label"].',
    );
  if ((typeof label !== 'string' && typeof label !== 'number') || label === '')
    throw brokenRecord(file, line, 'a mention has no label', 'Write each mention as [start, end, "label"].');
  const object = isJsonObject(item) ? item : {};
  const concept = textMember(object, 'kb_id', 'kb_id_');
  const words = object['text'];
  return {
    ranges: [{ start: Number(start), end: Number(end) }],
    label: String(label),
    words: typeof words === 'string' ? words : undefined,
    line,
    ...(concept === undefined || concept === '' ? {} : { concept }),
  };
}

function edges(item: JsonValue): readonly (JsonValue | undefined)[] {
  if (!isJsonObject(item)) return [];
  return [
    item['start'] ?? item['start_offset'] ?? item['start_char'],
    item['end'] ?? item['end_offset'] ?? item['end_char'],
    item['label'] ?? item['label_'] ?? item['tag'] ?? item['entity_type'] ?? item['type'],
  ];
}

/** The spans `T1`, `T2`, ... of mentions, and their concepts as attributes. A mention that stands twice is kept once. */
export function placeItems(
  text: string,
  items: readonly MentionItem[],
  notes: ReadingNotes,
): Pick<UnnamedDocument, 'spans' | 'attributes'> {
  const distinct = new Map(items.map((item) => [JSON.stringify([item.label, item.ranges]), item]));
  const kept = [...distinct.values()];
  const drafts = kept.map((item, index) => ({ ...item, id: `T${index + 1}` }));
  const attributes: Attribute[] = kept.flatMap(({ concept }, index) =>
    concept === undefined
      ? []
      : [{ id: `A${index + 1}`, target: `T${index + 1}`, name: conceptAttribute, value: concept }],
  );
  return { spans: placeMentions(text, drafts, notes), attributes };
}
