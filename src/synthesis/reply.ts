import { isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';

/** One text of a reply, tags still in it. */
export interface ReplyItem {
  readonly text: string;
  /** Of a relation sentence: whether it states the relation. */
  readonly related?: boolean;
}

/** The JSON Schema of a reply (OpenAI's strict form: every property required, none beyond them). */
export function replySchema(task: 'ner' | 're', relation = ''): JsonObject {
  const text = { type: 'string', description: 'the text with inline tags' };
  const properties: JsonObject =
    task === 'ner' ? { text } : { text, relation: { type: 'string', enum: [relation, 'none'] } };
  return {
    type: 'object',
    properties: {
      texts: {
        type: 'array',
        items: {
          type: 'object',
          properties,
          required: Object.keys(properties),
          additionalProperties: false,
        },
      },
    },
    required: ['texts'],
    additionalProperties: false,
  };
}

/** The same in words, for a model that is given no schema. */
export function replyShape(task: 'ner' | 're', relation = ''): string {
  const rest = task === 'ner' ? '' : `, "relation": "${relation}" or "none"`;
  return `{"texts": [{"text": "..."${rest}}, ...]}`;
}

/**
 * The texts of a reply as models really send it: the JSON asked for, a bare array, either inside a code
 * fence or prose, JSON lines, or an array cut off in the middle (its whole items count). Empty when there is
 * nothing of that kind. An item is an object with a text, or a string.
 */
export function parseReply(reply: string): readonly ReplyItem[] {
  const source = reply.replace(/^\uFEFF/, '').trim();
  const whole = tryParse(source);
  if (whole !== undefined) return itemsOf(whole);
  for (const fence of source.matchAll(/```[\w-]*\s*\n?([\s\S]*?)(?:```|$)/g)) {
    const inside = (fence[1] ?? '').trim();
    const items = itemsOf(tryParse(inside) ?? null);
    if (items.length > 0) return items;
  }
  return innermostItems(source);
}

function tryParse(source: string): JsonValue | undefined {
  try {
    return JSON.parse(source) as JsonValue;
  } catch {
    return undefined;
  }
}

function itemsOf(value: JsonValue): readonly ReplyItem[] {
  if (typeof value === 'string') return [];
  if (Array.isArray(value)) return value.flatMap(itemOf);
  if (!isJsonObject(value)) return [];
  const list = Object.values(value).find(
    (member) => Array.isArray(member) && member.some((entry) => itemOf(entry).length > 0),
  );
  return list === undefined ? itemOf(value) : itemsOf(list);
}

function itemOf(value: JsonValue): readonly ReplyItem[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ text: value.trim() }];
  if (!isJsonObject(value)) return [];
  const text = [value['text'], value['sentence'], value['content'], value['note']].find(
    (candidate) => typeof candidate === 'string' && candidate.trim() !== '',
  );
  if (typeof text !== 'string') return [];
  const related = relatedOf(value['relation'] ?? value['label']);
  return [{ text: text.trim(), ...(related === undefined ? {} : { related }) }];
}

/** The relation's name, "none", 1, 0, true and false are all sent. */
function relatedOf(value: JsonValue | undefined): boolean | undefined {
  if (value === undefined || value === null || typeof value === 'object') return undefined;
  return !/^(?:none|no|not?[ _-].*|negative|0|false|)$/i.test(String(value).trim());
}

/** The items of a broken array, or of JSON lines: every `{...}` that is whole and holds no other object. */
function innermostItems(source: string): readonly ReplyItem[] {
  const items: ReplyItem[] = [];
  let start = -1;
  let inString = false;
  for (let index = 0; index < source.length; index++) {
    const character = source[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') {
      // Quotes in the prose around the JSON mean nothing.
      inString = start !== -1;
    } else if (character === '{') {
      start = index;
    } else if (character === '}' && start !== -1) {
      const value = tryParse(source.slice(start, index + 1));
      if (value !== undefined) items.push(...itemOf(value));
      start = -1;
    }
  }
  return items;
}
