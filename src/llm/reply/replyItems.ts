import { type ListedName, namesOf } from './namesInReply.ts';
import { isJsonObject, type JsonObject, type JsonValue, tryParseJson } from '../../foundation/json.ts';

/** One text of a reply, still with its tags. */
export interface ReplyItem {
  readonly text: string;
  /** The number that the reply gives it. */
  readonly number?: number;
  /** Whether a relation sentence states the relation. */
  readonly related?: boolean;
  /** Names that the reply lists for the text, if it has such a list. */
  readonly names?: readonly ListedName[];
  /** Its other short strings by key: `{"text", "gene": "CFTR"}` names a mention by its label. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Why it cannot be used. */
  readonly problem?: string;
}

/** Keys that hold the text of an item. */
export const textKeys = /^(?:tagged|annotated|labell?ed)?[_ -]?(?:text|sentence|content|note|output)$/i;
const listKeys =
  /^(?:named[_ -]?)?(?:entit(?:y|ies)|mentions?|annotations?|spans?|labels?|tags?|ner|names)$/i;
const relationKeys = ['relation', 'related', 'label', 'association'];

const numberKeys = ['number', 'no', 'nr', 'id', 'index', 'item'];

/** Keys of the texts of an object that holds several: "1", "text 2", "sentence_3". */
const countedKey =
  /^(?:(?:tagged|annotated)?[_ -]?(?:text|sentence|note|output|item|example|entry|content|sample|passage|snippet)[_ -]?)?#?(\d{1,3})$/i;
/** Keys of an object whose members are the texts, whatever their own keys. */
const groupKeys = /^(?:tagged|annotated)?[_ -]?(?:texts|sentences|notes|outputs|items|examples|entries)$/i;
/** Keys of a model's reasoning, which may hold drafts. */
const thoughtKeys =
  /^(?:chain[_ ]of[_ ])?(?:thoughts?|thinking|reason(?:ing|s)?|analysis|scratch_?pad|reflections?|rationale|plan(?:ning)?|drafts?|explanations?|comments?)(?:[_ -]?\w{0,20})?$/i;
/** Where models put the value of a text that they describe: `{"type": "string", "value": "..."}`. */
const valueKeys = ['value', 'text', 'content', 'string'];

const longestField = 120;
/** No reply is nested more deeply, and such nesting would exhaust the stack. */
const deepest = 32;

const tagged = /<\/?\p{L}/u;

/**
 * The items in a reply's JSON: a list, the first list in an object, an object with a member for each text, or an object
 * that is itself an item. Any of them may be JSON in a string.
 */
export function itemsOf(value: JsonValue, depth = 0): readonly ReplyItem[] {
  if (depth > deepest) return [];
  if (typeof value === 'string') {
    const inside = jsonIn(value);
    return inside === undefined ? [] : itemsOf(inside, depth + 1);
  }
  if (Array.isArray(value)) return value.flatMap((entry: JsonValue) => itemsOfEntry(entry, depth));
  if (!isJsonObject(value)) return [];
  const counted = countedItems(value);
  if (counted.length > 0) return counted;
  const own = itemOf(value);
  if (own.length > 0) return own;
  for (const [key, member] of Object.entries(value)) {
    if (listKeys.test(key) || thoughtKeys.test(key)) continue;
    const items =
      groupKeys.test(key) && isJsonObject(member) ? groupedItems(member, depth) : itemsOf(member, depth + 1);
    if (items.length > 0) return items;
  }
  return [];
}

/** An entry of a list: a text, an object with one, or JSON in a string. */
function itemsOfEntry(entry: JsonValue, depth: number): readonly ReplyItem[] {
  if (Array.isArray(entry) && entry.length === 1) return itemsOfEntry(entry[0] as JsonValue, depth + 1);
  const inside = typeof entry === 'string' && depth < deepest ? jsonIn(entry) : undefined;
  const found = inside === undefined ? [] : itemsOf(inside, depth + 1);
  if (found.length > 0) return found;
  const counted = isJsonObject(entry) ? countedItems(entry) : [];
  return counted.length > 0 ? counted : itemOf(entry);
}

/** The object or list in a string, if the string is nothing but JSON. */
function jsonIn(text: string): JsonValue | undefined {
  const value = /^\s*[[{]/.test(text) ? tryParseJson(text) : undefined;
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** The texts of an object all of whose members are texts with numbers as keys. */
function countedItems(value: JsonObject): readonly ReplyItem[] {
  const entries = Object.entries(value);
  const items = entries.map(([key, member]): readonly ReplyItem[] => {
    const number = countedKey.exec(key)?.[1];
    return number === undefined ? [] : itemOf(member).map((item) => numbered(item, Number(number)));
  });
  return items.every(({ length }) => length === 1) ? items.flat() : [];
}

function numbered(item: ReplyItem, number: number): ReplyItem {
  return item.number === undefined ? { ...item, number } : item;
}

/** The texts of an object whose members are all texts. */
function groupedItems(value: JsonObject, depth: number): readonly ReplyItem[] {
  const own = itemsOf(value, depth + 1);
  if (own.length > 0) return own;
  const items = Object.values(value).map(itemOf);
  return items.every(({ length }) => length === 1) ? items.flat() : [];
}

/** The string that a member holds, also as `{"type": "string", "value": "..."}` or as a list of one. */
function stringIn(member: JsonValue): string {
  if (typeof member === 'string') return member.trim();
  if (Array.isArray(member))
    return member.length === 1 && typeof member[0] === 'string' ? member[0].trim() : '';
  if (!isJsonObject(member)) return '';
  const value = valueKeys.map((key) => member[key]).find((one) => typeof one === 'string');
  return typeof value === 'string' ? value.trim() : '';
}

function itemOf(value: JsonValue): readonly ReplyItem[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ text: value.trim() }];
  if (!isJsonObject(value)) return [];
  const texts = Object.entries(value).flatMap(([key, member]) => {
    const text = textKeys.test(key) ? stringIn(member) : '';
    return text === '' || jsonIn(text) !== undefined ? [] : [text];
  });
  // Of a plain text and its tagged form, the tagged one says more.
  const text = texts.find((candidate) => tagged.test(candidate)) ?? texts[0];
  if (text === undefined) return [];
  const number = numberKeys.map((key) => value[key]).find(isNumber);
  const related = relationKeys.map((key) => relatedOf(value[key])).find((is) => is !== undefined);
  const list = Object.entries(value).find(
    ([key, member]) => listKeys.test(key) && typeof member === 'object' && member !== null,
  );
  const names = list === undefined ? undefined : namesOf(list[1]);
  const fields = Object.entries(value).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && entry[1].length <= longestField && !textKeys.test(entry[0]),
  );
  return [
    {
      text,
      ...(number === undefined ? {} : { number: Number(number) }),
      ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }),
      ...(related === undefined ? {} : { related }),
      ...(names === undefined ? {} : { names }),
      ...(list !== undefined && names === undefined
        ? { problem: 'its entities are listed by position only, or not in a form that can be read' }
        : {}),
    },
  ];
}

function isNumber(value: JsonValue | undefined): value is number | string {
  return Number.isInteger(value) || (typeof value === 'string' && /^\d{1,6}$/.test(value));
}

/** Models send the relation's name, "none", 1, 0, true or false. */
function relatedOf(value: JsonValue | undefined): boolean | undefined {
  if (value === undefined || value === null || typeof value === 'object') return undefined;
  return !/^(?:none|no|not?[ _-].*|negative|unrelated|0|false|)$/i.test(String(value).trim());
}
