import type { TextRange } from '../document.ts';

/** Words that come before a verb: "may lead", "to cough", "does not shock". */
const before = new Set(
  (
    'to can could did do does may might must not shall should will would cannot they we you i he she it who which that ' +
    "doesn't don't didn't can't won't couldn't wouldn't shouldn't"
  ).split(' '),
);

/** Words that come after a verb but hardly after a name: "leads to", "falls into". */
const after = new Set('to into onto up off down'.split(' '));

/**
 * Whether a word is used as a verb, although it is also a name: "may lead to". Only a single word in lower case counts, and
 * only the words beside it are looked at, in English.
 */
export function isVerbUse(text: string, { start, end }: TextRange): boolean {
  if (!/^\p{Ll}+$/u.test(text.slice(start, end))) return false;
  const [, previous = ''] = /([\p{L}']+)[ \t]+$/u.exec(text.slice(Math.max(0, start - 40), start)) ?? [];
  const [, next = ''] = /^[ \t]+(\p{L}+)/u.exec(text.slice(end, end + 40)) ?? [];
  return before.has(previous.toLowerCase()) || after.has(next.toLowerCase());
}
