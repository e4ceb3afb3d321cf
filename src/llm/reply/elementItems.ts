import { itemsOf, type ReplyItem } from './replyItems.ts';

/** Elements that may hold a text, the innermost first. */
const names = ['text', 'sentence', 'note', 'output', 'example', 'entry', 'item', 'li', 'p'];
const attribute = /([\w-]{1,40})\s{0,9}=\s{0,9}["']([^"'<>]{0,120})["']/g;
const member = /<(relation|related|label|association|id|number)>([^<>]{0,120})<\//gi;

/**
 * The items of a reply with an element for each text: `<text id="1">...</text>`, also inside others, with attributes or
 * elements beside it for the rest. `labels`: names of tags that mark mentions. Empty if there are no such elements.
 */
export function elementItems(source: string, labels: readonly string[]): readonly ReplyItem[] {
  const own = new Set(labels.map((label) => label.toLowerCase()));
  const name = names.find((one) => !own.has(one) && new RegExp(`</${one}>`, 'i').test(source));
  if (name === undefined) return [];
  const openings = [...source.matchAll(new RegExp(`<${name}(?:\\s([^<>]{0,300}))?>`, 'gi'))];
  const closing = new RegExp(`</${name}>`, 'gi');
  return openings.flatMap(({ 0: tag, 1: attributes = '', index }, position): readonly ReplyItem[] => {
    const from = index + tag.length;
    const next = openings[position + 1]?.index ?? source.length;
    const part = source.slice(from, next);
    closing.lastIndex = 0;
    const end = closing.exec(part)?.index;
    if (end === undefined) return [{ text: part.trim(), problem: 'its element is not closed' }];
    const rest = [...attributes.matchAll(attribute), ...part.slice(end).matchAll(member)];
    const members = rest.map(([, key = '', value = '']): [string, string] => [
      key.toLowerCase(),
      value.trim(),
    ]);
    return itemsOf([{ ...Object.fromEntries(members), text: withoutCdata(part.slice(0, end)) }]);
  });
}

function withoutCdata(text: string): string {
  return text.replace(/^\s*<!\[CDATA\[/, '').replace(']]>', '');
}
