import { isJsonObject, type JsonObject, type JsonValue } from '../../../foundation/json.ts';
import { UserError } from '../../../foundation/userError.ts';
import type { TextRange } from '../../document.ts';
import { lineIndex } from '../../lines.ts';
import type { ReadContext } from '../../readContext.ts';
import { itemRanges, memberStart, topLevelValues } from './values.ts';

/** A record of a JSON file, and the line, from 1, at which it begins. */
export interface JsonRecord {
  readonly record: JsonValue;
  readonly line: number;
}

/** Members that hold the records in a file with one object around them. */
const wrappers = [
  'documents',
  'data',
  'annotations',
  'examples',
  'records',
  'tasks',
  'items',
  'samples',
  'PubTator3',
];

/** Members of an object that is itself a record. */
const contents = [
  'text',
  'tokens',
  'words',
  'tokenized_text',
  'paragraphs',
  'passages',
  'content',
  'sentence',
];

/**
 * The records of a JSON source in any of its forms: JSON lines, an array, one record over several lines, several of them
 * one after another, or an object around a list (`{"documents": [...]}`, `{"classes": [...], "annotations": [...]}`).
 * Throws `UserError` with the line of what is not valid JSON.
 */
export function jsonRecords(source: string, context: Pick<ReadContext, 'file'>): readonly JsonRecord[] {
  const lineOf = lineIndex(source);
  return Array.from(topLevelValues(source)).flatMap((range) => {
    const value = parse(source, range, context.file, lineOf);
    const array = arrayStart(source, range.start, value);
    if (array === undefined) return [{ record: value, line: lineOf(range.start) }];
    return Array.from(itemRanges(source, array.start), ({ start }, index) => ({
      record: array.items[index] ?? null,
      line: lineOf(start),
    }));
  });
}

/** The array of records in a value; undefined if the value itself is a record. */
function arrayStart(
  source: string,
  start: number,
  value: JsonValue,
): { readonly start: number; readonly items: readonly JsonValue[] } | undefined {
  if (isList(value)) return isPair(value) ? undefined : { start, items: value };
  if (!isJsonObject(value) || contents.some((name) => name in value)) return undefined;
  const name = wrappers.find((wrapper) => isRecordList(value, wrapper));
  const items = name === undefined ? undefined : value[name];
  const at = name === undefined ? undefined : memberStart(source, start, name);
  return at === undefined || !isList(items) ? undefined : { start: at, items };
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** spaCy's `["text", {"entities": [...]}]`. */
function isPair(value: readonly JsonValue[]): boolean {
  return typeof value[0] === 'string' && typeof value[1] === 'object' && value[1] !== null;
}

/** Not a task of Label Studio, in which `annotations` and `data` are parts of the record. */
function isRecordList(value: JsonObject, name: string): boolean {
  const list = value[name];
  const isRecord = (item: JsonValue): boolean => isJsonObject(item) || (isList(item) && isPair(item));
  return isList(list) && list.some(isRecord) && !isJsonObject(value['data']);
}

function parse(
  source: string,
  { start, end }: TextRange,
  file: string,
  lineOf: (offset: number) => number,
): JsonValue {
  try {
    return JSON.parse(source.slice(start, end)) as JsonValue;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, position] = /at position (\d+)/u.exec(error.message) ?? [];
    const at = position === undefined ? start : Math.min(start + Number(position), end);
    throw new UserError('This is not valid JSON.', {
      place: { file, line: lineOf(at) },
      nextStep: 'Check whether the file is complete, or export it again.',
    });
  }
}
