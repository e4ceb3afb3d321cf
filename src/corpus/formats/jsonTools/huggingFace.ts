import { isJsonObject, type JsonObject, type JsonValue } from '../../../foundation/json.ts';
import { codePointOffsets } from '../../offsets.ts';
import { placeMentions } from '../../placeMentions.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import type { UnnamedDocument } from '../nameDocuments.ts';
import { type JoinedTokens, joinTokens } from '../tokens/joinTokens.ts';
import { searchTokens } from '../tokens/searchTokens.ts';
import { draftsOf, taggedRanges } from '../tokens/tagSpans.ts';
import { brokenRecord, isTextList, listMember, otherMembers, textMember } from '../json/record.ts';
import type { JsonRecord } from '../json/records.ts';

const tagNames = ['ner_tags', 'ner', 'tags', 'ner_labels', 'labels'];
const nameLists = ['names', 'label_names', 'tag_names', 'ner_tag_names', 'label_list', 'id2label'];
const textMembers = ['text', 'sentence'];
const documentMembers = ['document_id', 'doc_id', 'document'];

/** The tags that transformers ignores in training: those of special tokens and of later pieces of a word. */
const ignoredTag = -100;

/** Whether a record has a list of tokens and one of tags, as the data sets of Hugging Face have. */
export function isHuggingFace(record: JsonValue): record is JsonObject {
  return isJsonObject(record) && tokenMember(record) !== undefined && tagMember(record) !== undefined;
}

function tokenMember(record: JsonObject): string | undefined {
  return ['tokens', 'words'].find((name) => isTextList(record[name]));
}

function isTag(item: JsonValue): boolean {
  return item === null || typeof item === 'string' || Number.isInteger(item);
}

function tagMember(record: JsonObject): string | undefined {
  return tagNames.find((name) => Array.isArray(record[name]) && listMember(record, name).every(isTag));
}

/** The document that a record is a sentence of; undefined if it does not say so. */
export function documentOf(record: JsonObject): string | undefined {
  return textMember(record, ...documentMembers);
}

/**
 * The sentences of one document. Numbers as tags need their names: in the record (`names` or `id2label`), or as `names`
 * for the whole file.
 */
export function readHuggingFace(
  records: readonly JsonRecord[],
  notes: ReadingNotes,
  names: readonly string[] | undefined,
): UnnamedDocument {
  const sentences: (readonly string[])[] = [];
  const tagged: (readonly string[])[] = [];
  const [first] = records;
  for (const { record, line } of records) {
    if (!isJsonObject(record)) continue;
    const tokens = listMember(record, tokenMember(record) ?? '').map(String);
    const tags = readTags(record, notes.file, line, names);
    if (tokens.length !== tags.length)
      throw brokenRecord(
        notes.file,
        line,
        'it has not as many tags as tokens',
        'Write one tag for each token.',
      );
    sentences.push(tokens);
    tagged.push(tags);
    for (const name of otherLists(record)) notes.leftOut(line, `list "${name}"`, `lists "${name}"`);
  }
  const record = first !== undefined && isJsonObject(first.record) ? first.record : {};
  const { text, tokens, meta, ...joined } = textOf(record, sentences);
  let next = 0;
  const ranges = tagged.flatMap((tags) => {
    next += tags.length;
    return taggedRanges(tokens.slice(next - tags.length, next), tags);
  });
  const lists = [...otherLists(record), ...textMembers, ...nameLists, ...documentMembers, ...tagNames];
  return {
    id: documentOf(record) ?? textMember(record, 'id', 'guid'),
    text,
    ...joined,
    tokens: tokens.filter(({ start, end }) => start < end),
    spans: placeMentions(text, draftsOf(ranges, codePointOffsets(text), first?.line ?? 1), notes),
    relations: [],
    attributes: [],
    meta: { ...otherMembers(record, 'id', 'guid', 'tokens', 'words', ...lists), ...meta },
  };
}

/** The text of the record if it has one with these tokens, otherwise the tokens joined by spaces. */
function textOf(record: JsonObject, sentences: readonly (readonly string[])[]): JoinedTokens {
  const text = textMember(record, ...textMembers);
  const tokens =
    text === undefined || sentences.length !== 1 ? undefined : searchTokens(text, sentences.flat());
  if (text === undefined || tokens === undefined) return joinTokens(sentences);
  const sentence = { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
  return { text, tokens, sentences: sentence.start < sentence.end ? [sentence] : [], meta: {} };
}

/** Further lists with an item for each token, such as parts of speech. */
function otherLists(record: JsonObject): readonly string[] {
  const used = new Set([tokenMember(record), tagMember(record), ...nameLists]);
  return Object.keys(record).filter((name) => Array.isArray(record[name]) && !used.has(name));
}

function readTags(
  record: JsonObject,
  file: string,
  line: number,
  given: readonly string[] | undefined,
): readonly string[] {
  const names = namesIn(record) ?? given;
  return listMember(record, tagMember(record) ?? '').map((tag) => {
    if (tag === null || tag === ignoredTag) return 'O';
    if (typeof tag === 'string') return tag;
    if (names === undefined)
      throw brokenRecord(
        file,
        line,
        'its tags are numbers, and nothing says what they stand for',
        'Name them in their order: --tag-names O,B-Disease,I-Disease, or "names": ["O", "B-Disease", "I-Disease"] in each record.',
      );
    const name = names[Number(tag)];
    if (name === undefined)
      throw brokenRecord(
        file,
        line,
        `the list of ${names.length} tags has no number ${JSON.stringify(tag)}`,
        'Give the names of all tags, in their order, from 0.',
      );
    return name;
  });
}

function namesIn(record: JsonObject): readonly string[] | undefined {
  for (const name of nameLists) {
    const value = record[name];
    if (isTextList(value)) return value;
    if (isJsonObject(value)) {
      const names: string[] = [];
      for (const [key, tag] of Object.entries(value)) {
        if (/^\d{1,4}$/u.test(key) && typeof tag === 'string') names[Number(key)] = tag;
      }
      return names;
    }
  }
  return undefined;
}
