import { isJsonObject, type JsonValue } from '../../foundation/json.ts';

/** A name that a reply lists for a text, still to be found in it. Positions in replies are not trusted. */
export interface ListedName {
  readonly surface: string;
  readonly label: string;
}

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
const surfaceKeys = ['text', 'name', 'entity', 'mention', 'surface', 'word', 'span', 'value', 'term'];
const labelKeys = ['label', 'type', 'entity_type', 'entityType', 'category', 'class', 'tag', 'entity'];

const numberKeys = ['number', 'no', 'nr', 'id', 'index', 'item'];

const longestField = 120;

const tagged = /<\/?\p{L}/u;

/** The items in a reply's JSON: a list, the first list in an object, or an object that is itself an item. */
export function itemsOf(value: JsonValue): readonly ReplyItem[] {
  if (typeof value === 'string') return [];
  if (Array.isArray(value)) return value.flatMap(itemOf);
  if (!isJsonObject(value)) return [];
  const own = itemOf(value);
  if (own.length > 0) return own;
  for (const [key, member] of Object.entries(value)) {
    if (listKeys.test(key)) continue;
    const items = typeof member === 'object' && member !== null ? itemsOf(member) : [];
    if (items.length > 0) return items;
  }
  return [];
}

function itemOf(value: JsonValue): readonly ReplyItem[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ text: value.trim() }];
  if (!isJsonObject(value)) return [];
  const texts = Object.entries(value).flatMap(([key, member]) =>
    textKeys.test(key) && typeof member === 'string' && member.trim() !== '' ? [member.trim()] : [],
  );
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

/** `[{text, label}]`, `[[text, label]]`, `{label: [text]}` or `{text: label}`; undefined if it is none of these. */
function namesOf(list: JsonValue): readonly ListedName[] | undefined {
  const names: ListedName[] = [];
  if (Array.isArray(list)) {
    for (const entry of list) {
      const name = Array.isArray(entry) ? pairOf(entry) : nameOf(entry);
      if (name === undefined) return undefined;
      names.push(name);
    }
    return names;
  }
  if (!isJsonObject(list)) return undefined;
  for (const [key, member] of Object.entries(list)) {
    if (typeof member === 'string') {
      names.push({ surface: key, label: member });
    } else if (Array.isArray(member) && member.every((entry) => typeof entry === 'string')) {
      names.push(...member.map((surface: string) => ({ surface, label: key })));
    } else {
      return undefined;
    }
  }
  return names;
}

function nameOf(entry: JsonValue): ListedName | undefined {
  if (!isJsonObject(entry)) return undefined;
  const surfaceKey = surfaceKeys.find((key) => typeof entry[key] === 'string');
  const labelKey = labelKeys.find((key) => key !== surfaceKey && typeof entry[key] === 'string');
  const surface = surfaceKey === undefined ? undefined : entry[surfaceKey];
  const label = labelKey === undefined ? undefined : entry[labelKey];
  return typeof surface === 'string' && typeof label === 'string' ? { surface, label } : undefined;
}

function pairOf(entry: readonly JsonValue[]): ListedName | undefined {
  const [surface, label] = entry.filter((part) => typeof part === 'string');
  return entry.filter((part) => typeof part === 'string').length === 2 &&
    surface !== undefined &&
    label !== undefined
    ? { surface, label }
    : undefined;
}
