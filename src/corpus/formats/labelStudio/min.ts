import { isJsonObject, type JsonObject, type JsonValue } from '../../../foundation/json.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import { brokenRecord, listMember, otherMembers, textMember } from '../json/record.ts';
import type { UnnamedDocument } from '../nameDocuments.ts';
import { placeRegions } from './placeRegions.ts';
import { type Region, regionIn, textName } from './region.ts';

/** Whether a record is one of Label Studio's JSON-MIN export: a list of regions whose labels are lists. */
export function isLabelStudioMin(record: JsonValue): record is JsonObject {
  return isJsonObject(record) && Object.keys(record).some((name) => regionsIn(record, name).length > 0);
}

/** Reads such a record. Everything but the text and its regions goes into `meta`. */
export function readLabelStudioMin(record: JsonObject, line: number, notes: ReadingNotes): UnnamedDocument {
  const lists = Object.keys(record).filter((name) => regionsIn(record, name).length > 0);
  const regions = lists.flatMap((name) => {
    const found = regionsIn(record, name);
    const other = listMember(record, name).length - found.length;
    for (let left = other; left > 0; left--)
      notes.leftOut(
        line,
        `item of "${name}" that is no range of text`,
        `items of "${name}" that are no range of text`,
      );
    return found;
  });
  const name = textName(record, regions);
  const text = name === undefined ? undefined : textMember(record, name);
  if (name === undefined || text === undefined)
    throw brokenRecord(notes.file, line, 'it has no text', 'Export with the text in the record.');
  return {
    id: textMember(record, 'id'),
    text,
    spans: placeRegions(text, regions, line, notes).flat(),
    relations: [],
    attributes: [],
    meta: otherMembers(record, 'id', name, ...lists),
  };
}

function regionsIn(record: JsonObject, name: string): readonly Region[] {
  return listMember(record, name).flatMap((item) => (isJsonObject(item) ? (regionIn(item) ?? []) : []));
}
