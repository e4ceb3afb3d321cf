import { type JsonObject, type JsonValue, tryParseJson } from '../../foundation/json.ts';
import { answerIn } from './answer/answerIn.ts';
import { blankSkipper } from './blankSkipper.ts';
import { elementItems } from './elementItems.ts';
import { listSchema } from './listSchema.ts';
import { listedLines } from './listedLines.ts';
import { withoutListMarkers } from './listMarkers.ts';
import { readLooseJson } from './looseJson.ts';
import { itemsOf, type ReplyItem } from './replyItems.ts';
import { tableItems } from './tableItems.ts';
import { yamlItems } from './yamlItems.ts';

/** The JSON Schema of a reply. */
export function replySchema(task: 'ner' | 're', relation = ''): JsonObject {
  const text = { type: 'string', description: 'the text with inline tags' };
  const properties: JsonObject =
    task === 'ner' ? { text } : { text, relation: { type: 'string', enum: [relation, 'none'] } };
  return listSchema('texts', properties);
}

/** The same for the prompt of a model that gets no schema. */
export function replyShape(task: 'ner' | 're', relation = ''): string {
  const rest = task === 'ner' ? '' : `, "relation": "${relation}" or "none"`;
  return `{"texts": [{"text": "..."${rest}}, ...]}`;
}

/** No reply has more texts. */
const mostItems = 5000;

/** A bracket with which JSON may begin, unlike those in prose: "[NAME]", "{see below}". */
const beginning =
  /\[\s*(?:["'\u201C\u2018{[]|$)|\{\s*(?:["'\u201C\u2018]|\w{1,60}\s*:)|[[{]\s*(?:\/\/|\/\*|#)/g;

interface ReplyOptions {
  /** The reply reached its maximum length. */
  readonly isCutOff?: boolean | undefined;
  /** Names of tags that mark mentions, so that such a tag is not taken for an element of the reply. */
  readonly labels?: readonly string[];
}

/**
 * The texts of a reply as models really send it: the requested JSON or a bare array (either of them also in a code
 * fence, in prose or as a string), JSON lines, JSON with faults (see `readLooseJson`), an array that is cut off, elements,
 * a list in YAML, a table, or a list of tagged lines. Empty if there is none of these. If only part of a text can be
 * read, its item has a problem. List markers and the model's reasoning are removed.
 */
export function parseReply(reply: string, options: ReplyOptions = {}): readonly ReplyItem[] {
  return withoutListMarkers(atMost(mostItems, itemsIn(answerIn(reply, options.labels), options)));
}

function atMost(most: number, items: readonly ReplyItem[]): readonly ReplyItem[] {
  const [first] = items.slice(most);
  const rest = `it is the first of ${items.length - most} texts beyond those that are read`;
  return first === undefined ? items : [...items.slice(0, most), { text: first.text, problem: rest }];
}

/** The value of a text that is nothing but JSON. Failing to parse takes long, so it has to begin like it. */
function asJson(source: string): JsonValue | undefined {
  return /^\s*["[{]/.test(source) ? tryParseJson(source) : undefined;
}

function itemsIn(source: string, options: ReplyOptions): readonly ReplyItem[] {
  const { isCutOff = false, labels = [] } = options;
  const whole = asJson(source);
  if (typeof whole === 'string' && /^\s*[[{]/.test(whole)) return itemsIn(whole.trim(), options);
  if (whole !== undefined) return itemsOf(whole);
  for (const fence of source.matchAll(/```[\w-]*\s*([\s\S]*?)(?:```|$)/g)) {
    const inside = (fence[1] ?? '').trimEnd();
    const items = looseItems(inside.trim());
    if (items.length > 0) return items;
    const ofList = yamlItems(inside);
    if (ofList.length > 0) return isCutOff ? withoutLast(ofList) : ofList;
  }
  const items = looseItems(source);
  if (items.length > 0) return items;
  for (const read of [elementItems, yamlItems, tableItems, listedLines]) {
    const found = read(source, labels);
    if (found.length > 0) return isCutOff ? withoutLast(found) : found;
  }
  return [];
}

/** A list of lines does not show that it is cut off, so its last item counts as incomplete. */
function withoutLast(items: readonly ReplyItem[]): readonly ReplyItem[] {
  return items.map((item, at) =>
    at === items.length - 1 ? { text: item.text, problem: 'it is cut off' } : item,
  );
}

/** The items of all JSON in a text, even if it has faults. */
function looseItems(source: string): readonly ReplyItem[] {
  const strict = asJson(source);
  if (strict !== undefined) return itemsOf(strict);
  const items: ReplyItem[] = [];
  const skip = blankSkipper(source);
  // Each attempt may read to the end, so this limit keeps a text full of brackets from taking quadratic time.
  let left = 6 * source.length;
  for (let at = 0; left > 0;) {
    beginning.lastIndex = at;
    const start = beginning.exec(source)?.index;
    if (start === undefined) break;
    const { value, whole, end, leftOut, isTooDeep } = readLooseJson(source, start, skip);
    left -= end - start + 1;
    const found = whole || typeof value === 'object' ? itemsOf(value) : [];
    items.push(...found, ...leftOut.map((text) => ({ text, problem: 'it is broken JSON or cut off' })));
    const isRead = found.length > 0 || leftOut.length > 0 || whole || isTooDeep;
    at = isRead ? Math.max(end, start + 1) : start + 1;
  }
  return items.some(({ problem }) => problem === undefined) ? items : [];
}
