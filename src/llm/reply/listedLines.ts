import { markerOf } from './itemMarkers.ts';
import { insideQuotes } from './quoted.ts';
import type { ReplyItem } from './replyItems.ts';

const whole = /[.!?:\u2026\u3002\uFF01\uFF1F]["'\u2019\u201D)\]]*$/;

interface ListedItem {
  readonly lines: string[];
  readonly number: number | undefined;
  /** Its marker has a line of its own, so its text begins below and is not indented. */
  readonly isHeaded: boolean;
  problem?: string;
}

/**
 * The items of a numbered or bulleted list, as written by models that cannot write JSON. Lines indented under an item
 * continue it, and so do those under a marker with a line of its own ("**Text 1:**"). An item has a problem if it contains
 * a list or a second paragraph, or if a line without indentation seems to continue it. A list without any tag is not the
 * reply.
 */
export function listedLines(source: string): readonly ReplyItem[] {
  const items: ListedItem[] = [];
  let level = Number.POSITIVE_INFINITY;
  let isAfterBlank = false;
  for (const line of source.split('\n')) {
    const words = line.trim();
    const indent = line.length - line.trimStart().length;
    const marker = markerOf(words);
    if (marker !== undefined && indent <= level) {
      level = indent;
      const text = words.slice(marker.end);
      items.push({ lines: text === '' ? [] : [text], number: marker.number, isHeaded: text === '' });
    } else if (words !== '') {
      const last = items.at(-1);
      if (last !== undefined)
        addLine(last, words, { isUnder: indent > level, isMarked: marker !== undefined, isAfterBlank });
    }
    isAfterBlank = words === '';
  }
  const written = items.filter(({ lines }) => lines.length > 0);
  if (!written.some(({ lines }) => lines.some((line) => /<\p{L}[^<>]*>/u.test(line)))) return [];
  return written.map(itemOf);
}

function itemOf({ lines, number, problem }: ListedItem): ReplyItem {
  return {
    text: unquoted(lines.join(' ')),
    ...(number === undefined ? {} : { number }),
    ...(problem === undefined ? {} : { problem }),
  };
}

interface LinePlace {
  readonly isUnder: boolean;
  readonly isMarked: boolean;
  readonly isAfterBlank: boolean;
}

/** Adds a line to the item that it stands under, or notes that the item is not certain because of it. */
function addLine(item: ListedItem, words: string, { isUnder, isMarked, isAfterBlank }: LinePlace): void {
  const isFirst = item.lines.length === 0;
  const continues = !isMarked && (item.isHeaded ? isFirst || !isAfterBlank : isUnder && !isAfterBlank);
  if (continues) item.lines.push(words);
  else if (isUnder || item.isHeaded || (!isAfterBlank && !whole.test(item.lines.at(-1)?.slice(-20) ?? '')))
    item.problem = 'it has other lines in it';
}

/** Removes the quotes around a text; unescaped quotes inside it stay. */
function unquoted(text: string): string {
  const written = text.replace(/(["']),$/, '$1');
  const isQuoted = written.length > 1 && written.startsWith('"') && written.endsWith('"');
  return insideQuotes(written) ?? (isQuoted ? written.slice(1, -1) : text);
}
