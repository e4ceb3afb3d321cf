import { insideQuotes } from './quoted.ts';
import type { ReplyItem } from './replyItems.ts';

const marked = /^(\s*)(?:\(?(\d{1,3})[.):]|[-*\u2022])\s+(.+)$/;
const whole = /[.!?:\u2026\u3002\uFF01\uFF1F]["'\u2019\u201D)\]]*$/;

/**
 * The items of a list of lines, numbered or with bullets, as models write it that know no JSON. Lines that are
 * indented under an item go on with it; an item that has a list of its own, or more than one paragraph, or that
 * a line without indentation seems to go on with, has a problem. A list without any tag is some other list.
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
      const goesOn = isUnder && text === undefined && !isAfterBlank;
      if (goesOn) last.text += ` ${words}`;
      else if (isUnder || (!isAfterBlank && !whole.test(last.text.slice(-20))))
        last.problem = 'it has other lines in it';
    }
    isAfterBlank = words === '';
  }
  if (!items.some(({ text }) => /<\p{L}[^<>]*>/u.test(text))) return [];
  for (const item of items) item.text = unquoted(item.text);
  return items;
}

/** Without the quotes around it; those that were not escaped inside stay. */
function unquoted(text: string): string {
  const written = text.replace(/(["']),$/, '$1');
  return insideQuotes(written) ?? /^"(.*)"$/.exec(written)?.[1] ?? text;
}
