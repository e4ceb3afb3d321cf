import { isJsonObject, type JsonObject, type JsonValue } from '../../../foundation/json.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import type { UnnamedDocument } from '../nameDocuments.ts';
import { placeItems, readMentionItem } from '../json/mentionItem.ts';
import { brokenRecord, listMember, otherMembers, textMember } from '../json/record.ts';

/** Whether a record is doccano's older export: a text with `annotations` that have `start_offset` and `end_offset`. */
export function isDoccanoAnnotations(record: JsonValue): record is JsonObject {
  return (
    isJsonObject(record) &&
    typeof (record['text'] ?? record['data']) === 'string' &&
    listMember(record, 'annotations').some((item) => isJsonObject(item) && 'start_offset' in item)
  );
}

/** Reads such a record. Its labels may be numbers whose names only the project on the server has. */
export function readDoccanoAnnotations(
  record: JsonObject,
  line: number,
  notes: ReadingNotes,
): UnnamedDocument {
  const text = textMember(record, 'text', 'data');
  if (text === undefined) throw brokenRecord(notes.file, line, 'it has no text', 'Export the project again.');
  const items = listMember(record, 'annotations');
  const mentions = items.filter((item) => isJsonObject(item) && 'start_offset' in item);
  for (const item of mentions) {
    if (isJsonObject(item) && typeof item['label'] === 'number')
      notes.leftOut(
        line,
        'name of a label (the file has its number only)',
        'names of labels (the file has their numbers only)',
      );
  }
  const whole = items.filter((item) => !mentions.includes(item));
  const placed = placeItems(
    text,
    mentions.map((item) => readMentionItem(item, notes.file, line)),
    notes,
  );
  return {
    id: textMember(record, 'id'),
    text,
    ...placed,
    relations: [],
    meta: {
      ...otherMembers(record, 'id', 'text', 'data', 'annotations'),
      ...(whole.length === 0 ? {} : { annotations: whole }),
    },
  };
}
