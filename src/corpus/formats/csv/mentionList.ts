import { isJsonObject, type JsonValue, tryParseJson } from '../../../foundation/json.ts';

/** A mention as Python prints it: `(0, 4, 'Disease')`. */
const printed = /[([]\s*(\d{1,15}),\s*(\d{1,15}),\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*[)\]]/gu;

/** The mentions in a cell that holds a list, in JSON or as Python prints it; undefined if it is another list. */
export function parseMentionList(cell: string): readonly JsonValue[] | undefined {
  const list = tryParseJson(cell);
  if (Array.isArray(list)) return (list as readonly JsonValue[]).every(isMention) ? list : undefined;
  const items: JsonValue[] = [];
  const rest = cell.replaceAll(printed, (_, start: string, end: string, single?: string, double?: string) => {
    items.push([Number(start), Number(end), single ?? double ?? '']);
    return '';
  });
  return /^\s*\[[\s,]*\]\s*$/u.test(rest) ? items : undefined;
}

function isMention(item: JsonValue): boolean {
  return isJsonObject(item) || Array.isArray(item);
}
