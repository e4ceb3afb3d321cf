import { isJsonObject, type JsonValue } from '../../foundation/json.ts';

/** A name that a reply lists for a text, still to be found in it. Positions in replies are not trusted. */
export interface ListedName {
  readonly surface: string;
  readonly label: string;
}

const surfaceKeys = ['text', 'name', 'entity', 'mention', 'surface', 'word', 'span', 'value', 'term'];
const labelKeys = ['label', 'type', 'entity_type', 'entityType', 'category', 'class', 'tag', 'entity'];

/** `[{text, label}]`, `[[text, label]]`, `{label: [text]}` or `{text: label}`; undefined if it is none of these. */
export function namesOf(list: JsonValue): readonly ListedName[] | undefined {
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
