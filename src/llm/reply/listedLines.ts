import { insideQuotes } from './quoted.ts';
import type { ReplyItem } from './replyItems.ts';

const marked = /^(\s*)(?:\(?(\d{1,3})[.):]|[-*\u2022])\s+(.+)$/;
const whole = /[.!?:\u2026\u3002\uFF01\uFF1F]["'\u2019\u201D)\]]*$/;

/**
 * The items of a numbered or bulleted list, as written by models that cannot write JSON. Lines indented under an item
 * continue it. An item has a problem if it contains a list or a second paragraph, or if a line without indentation
 * seems to continue it. A list without any tag is not the reply.
 */
export function listedLines(source: string): readonly ReplyItem[] {
  const items: { text: string; number?: number; problem?: string }[] = [];
  let level = Number.POSITIVE_INFINITY;
  let isAfterBlank = false;
  for (const line of source.split('\n')) {
    const words = line.trim();
    const last = items.at(-1);
    const [, indent, number, text] = marked.exec(line) ?? [];
    const isItem = text !== undefined && indent !== undefined && indent.length <= level;
    if (isItem) {
      level = indent.length;
      items.push({ text: text.trim(), ...(number === undefined ? {} : { number: Number(number) }) });
    } else if (words !== '' && last !== undefined) {
      const isUnder = line.search(/\S/) > level;
      const continuesItem = isUnder && text === undefined && !isAfterBlank;
      if (continuesItem) last.text += ` ${words}`;
      else if (isUnder || (!isAfterBlank && !whole.test(last.text.slice(-20))))
        last.problem = 'it has other lines in it';
    }
    isAfterBlank = words === '';
  }
  if (!items.some(({ text }) => /<\p{L}[^<>]*>/u.test(text))) return [];
  for (const item of items) item.text = unquoted(item.text);
  return items;
}

/** Removes the quotes around a text; unescaped quotes inside it stay. */
function unquoted(text: string): string {
  const written = text.replace(/(["']),$/, '$1');
  return insideQuotes(written) ?? /^"(.*)"$/.exec(written)?.[1] ?? text;
}
