import { isJsonObject, type JsonObject, type JsonValue } from '../../../foundation/json.ts';
import { codePointOffsets } from '../../offsets.ts';
import { placeMentions } from '../../placeMentions.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import type { UnnamedDocument } from '../nameDocuments.ts';
import { joinTokens } from '../tokens/joinTokens.ts';
import { draftsOf } from '../tokens/tagSpans.ts';
import { brokenRecord, isTextList, listMember, otherMembers, textMember } from '../json/record.ts';

/** Whether a record is one of GLiNER: tokens, and mentions by the numbers of their first and last token. */
export function isGliner(record: JsonValue): record is JsonObject {
  return isJsonObject(record) && isTextList(record['tokenized_text']) && Array.isArray(record['ner']);
}

export function readGliner(record: JsonObject, line: number, notes: ReadingNotes): UnnamedDocument {
  const words = listMember(record, 'tokenized_text').map(String);
  const { tokens, sentences, text, meta } = joinTokens([words]);
  const ranges = listMember(record, 'ner').map((item) => {
    const [first, last, label] = Array.isArray(item) ? (item as readonly JsonValue[]) : [];
    const [start, end] = [tokens[Number(first)]?.start, tokens[Number(last)]?.end];
    if (start === undefined || end === undefined || start >= end || typeof label !== 'string' || label === '')
      throw brokenRecord(
        notes.file,
        line,
        'a mention is not [first token, last token, "label"] with tokens of the text',
        'Count the tokens from 0; the last one belongs to the mention.',
      );
    return { start, end, label };
  });
  return {
    id: textMember(record, 'id', 'doc_id'),
    text,
    sentences,
    tokens: tokens.filter(({ start, end }) => start < end),
    spans: placeMentions(text, draftsOf(ranges, codePointOffsets(text), line), notes),
    relations: [],
    attributes: [],
    meta: { ...otherMembers(record, 'id', 'doc_id', 'tokenized_text', 'ner'), ...meta },
  };
}
