import { isJsonObject, type JsonObject, type JsonValue } from '../../../foundation/json.ts';
import type { TextRange } from '../../document.ts';
import { codePointOffsets } from '../../offsets.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import type { UnnamedDocument } from '../nameDocuments.ts';
import { type MentionItem, placeItems, readMentionItem } from '../json/mentionItem.ts';
import { brokenRecord, listMember, otherMembers, textMember } from '../json/record.ts';

/** Whether a record is a spaCy document: `{"text", "ents": [...]}`, or spans in named groups. */
export function isSpacyDocument(record: JsonValue): record is JsonObject {
  return (
    isJsonObject(record) &&
    typeof record['text'] === 'string' &&
    (Array.isArray(record['ents']) || isJsonObject(record['spans']))
  );
}

/** Whether a record is an example for training: `["text", {"entities": [[0, 4, "Disease"]]}]`. */
export function isSpacyExample(record: JsonValue): record is readonly JsonValue[] {
  if (!Array.isArray(record)) return false;
  const [text, annotations] = record as readonly JsonValue[];
  return typeof text === 'string' && (isJsonObject(annotations) || Array.isArray(annotations));
}

/** Reads what `Doc.to_json` writes: entities, span groups, tokens and sentences, with offsets in code points. */
export function readSpacyDocument(record: JsonObject, line: number, notes: ReadingNotes): UnnamedDocument {
  const text = textMember(record, 'text') ?? '';
  const layout = (name: string): readonly TextRange[] | undefined => {
    const ranges = rangesIn(text, listMember(record, name));
    return ranges.length === 0 ? undefined : ranges;
  };
  const [tokens, sentences] = [layout('tokens'), layout('sents')];
  for (const item of listMember(record, 'tokens')) {
    if (isJsonObject(item) && ['pos', 'tag', 'dep', 'lemma'].some((name) => name in item))
      notes.leftOut(
        line,
        'token with a part of speech, lemma or syntax',
        'tokens with parts of speech, lemmas or syntax',
      );
  }
  return {
    id: textMember(record, 'id', 'doc_id', '_id'),
    text,
    ...placeItems(text, itemsIn(record, 'ents', line, notes), notes),
    ...(tokens === undefined ? {} : { tokens }),
    ...(sentences === undefined ? {} : { sentences }),
    relations: [],
    meta: otherMembers(record, 'id', 'doc_id', '_id', 'text', 'ents', 'spans', 'tokens', 'sents'),
  };
}

/** Reads an example; a third item (ner-annotator writes null) is ignored. */
export function readSpacyExample(
  record: readonly JsonValue[],
  line: number,
  notes: ReadingNotes,
): UnnamedDocument {
  const [text, annotations = []] = record;
  if (typeof text !== 'string')
    throw brokenRecord(notes.file, line, 'it has no text', 'Write ["text", {"entities": []}].');
  const object: JsonObject = isJsonObject(annotations) ? annotations : { entities: annotations };
  return {
    text,
    ...placeItems(text, itemsIn(object, 'entities', line, notes), notes),
    relations: [],
    meta: otherMembers(object, 'entities', 'spans'),
  };
}

function itemsIn(
  record: JsonObject,
  name: string,
  line: number,
  notes: ReadingNotes,
): readonly MentionItem[] {
  const groups = isJsonObject(record['spans']) ? record['spans'] : {};
  const lists = [listMember(record, name), ...Object.keys(groups).map((group) => listMember(groups, group))];
  return lists.flat().map((item) => readMentionItem(item, notes.file, line));
}

/** Ranges in code points that are inside the text and hold more than white space. */
function rangesIn(text: string, items: readonly JsonValue[]): readonly TextRange[] {
  const offsets = codePointOffsets(text);
  return items.flatMap((item) => {
    if (!isJsonObject(item)) return [];
    const { start, end } = item;
    if (typeof start !== 'number' || typeof end !== 'number' || start < 0 || end > offsets.length) return [];
    const range = { start: offsets.toUtf16(start), end: offsets.toUtf16(end) };
    return text.slice(range.start, range.end).trim() === '' ? [] : [range];
  });
}
