import type { JsonObject, JsonValue } from '../../foundation/json.ts';
import { listSchema } from './listSchema.ts';
import { listedLines } from './listedLines.ts';
import { withoutListMarkers } from './listMarkers.ts';
import { readLooseJson } from './looseJson.ts';
import { itemsOf, type ReplyItem } from './replyItems.ts';
import { withoutThoughts } from './thoughts.ts';
import { yamlItems } from './yamlItems.ts';

/** The JSON Schema of a reply. */
export function replySchema(task: 'ner' | 're', relation = ''): JsonObject {
  const text = { type: 'string', description: 'the text with inline tags' };
  const properties: JsonObject =
    task === 'ner' ? { text } : { text, relation: { type: 'string', enum: [relation, 'none'] } };
  return listSchema('texts', properties);
}

/** The same in words, for a model that is given no schema. */
export function replyShape(task: 'ner' | 're', relation = ''): string {
  const rest = task === 'ner' ? '' : `, "relation": "${relation}" or "none"`;
  return `{"texts": [{"text": "..."${rest}}, ...]}`;
}

/** A bracket with which JSON may begin. Prose has others: "[NAME]", "{see below}". */
const beginning = /\[\s*(?:["'\u201C\u2018{[]|$)|\{\s*(?:["'\u201C\u2018]|\w+\s*:)/g;

/**
 * The texts of a reply as models really send it: the JSON asked for, a bare array, either inside a code
 * fence or prose or as a string, JSON lines, JSON with faults (see `readLooseJson`), an array cut off in the
 * middle, a list in YAML, a numbered list of tagged lines. Empty when there is nothing of that kind. A text of
 * which only a part can be read is an item with a problem. The marks of a list are taken off its texts. What a
 * model thought before is left out. `isCutOff`: the reply reached its greatest length.
 */
export function parseReply(reply: string, isCutOff = false): readonly ReplyItem[] {
  return withoutListMarkers(itemsIn(reply, isCutOff));
}

function itemsIn(reply: string, isCutOff: boolean): readonly ReplyItem[] {
  const source = withoutThoughts(reply.replace(/^\uFEFF/, '')).trim();
  const whole = tryParse(source);
  if (typeof whole === 'string' && /^\s*[[{]/.test(whole)) return itemsIn(whole, isCutOff);
  if (whole !== undefined) return itemsOf(whole);
  for (const fence of source.matchAll(/```[\w-]*\s*\n?([\s\S]*?)(?:```|$)/g)) {
    const inside = (fence[1] ?? '').replace(/^\s*\n/, '').trimEnd();
    const items = looseItems(inside.trim());
    if (items.length > 0) return items;
    const ofList = yamlItems(inside);
    if (ofList.length > 0) return isCutOff ? withoutLast(ofList) : ofList;
  }
  const items = looseItems(source);
  if (items.length > 0) return items;
  const ofYaml = yamlItems(source);
  const ofList = ofYaml.length > 0 ? ofYaml : listedLines(source);
  return isCutOff ? withoutLast(ofList) : ofList;
}

/** Of a list of lines nobody can see that it is cut off. */
function withoutLast(items: readonly ReplyItem[]): readonly ReplyItem[] {
  return items.map((item, at) =>
    at === items.length - 1 ? { text: item.text, problem: 'it is cut off' } : item,
  );
}

function tryParse(source: string): JsonValue | undefined {
  try {
    return JSON.parse(source) as JsonValue;
  } catch {
    return undefined;
  }
}

/** The items of all JSON in a text, faults and all. */
function looseItems(source: string): readonly ReplyItem[] {
  const strict = tryParse(source);
  if (strict !== undefined) return itemsOf(strict);
  const items: ReplyItem[] = [];
  // Every try may read to the end: a text full of brackets must not take quadratic time.
  let left = 20 * source.length;
  beginning.lastIndex = 0;
  for (let at = 0; left > 0;) {
    beginning.lastIndex = at;
    const start = beginning.exec(source)?.index;
    if (start === undefined) break;
    const { value, whole, end, leftOut } = readLooseJson(source, start);
    left -= end - start + 1;
    const found = whole || typeof value === 'object' ? itemsOf(value) : [];
    items.push(...found, ...leftOut.map((text) => ({ text, problem: 'it is broken JSON or cut off' })));
    at = found.length > 0 || leftOut.length > 0 || whole ? Math.max(end, start + 1) : start + 1;
  }
  return items.some(({ problem }) => problem === undefined) ? items : [];
}
