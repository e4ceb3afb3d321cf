import type { TextRange } from '../../document.ts';

const space = /[\s\uFEFF]*/uy;
const scalar = /[^\s,:[\]{}"]*/uy;

/** The offset of the next character that is not white space. */
function skipSpace(source: string, from: number): number {
  space.lastIndex = from;
  return from + (space.exec(source)?.[0].length ?? 0);
}

/** The offset behind a JSON value; the end of the source if the value is not complete. Linear. */
function endOfValue(source: string, start: number): number {
  const first = source.charAt(start);
  if (first === '"') return endOfString(source, start);
  if (first !== '{' && first !== '[') {
    scalar.lastIndex = start;
    return start + Math.max(1, scalar.exec(source)?.[0].length ?? 0);
  }
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '"') at = endOfString(source, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  return source.length;
}

function endOfString(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '\\') at++;
    else if (character === '"') return at + 1;
  }
  return source.length;
}

/** The ranges of the values that stand one after another: one in a JSON file, one for each line in a JSONL file. */
export function* topLevelValues(source: string): Generator<TextRange> {
  for (let start = skipSpace(source, 0); start < source.length;) {
    const end = endOfValue(source, start);
    yield { start, end };
    start = skipSpace(source, end);
  }
}

/** The ranges of the items of an array that begins at `start`. The source must be valid there. */
export function* itemRanges(source: string, start: number): Generator<TextRange> {
  let at = skipSpace(source, start + 1);
  while (at < source.length && source.charAt(at) !== ']') {
    const end = endOfValue(source, at);
    yield { start: at, end };
    at = skipSpace(source, end);
    if (source.charAt(at) === ',') at = skipSpace(source, at + 1);
  }
}

/** The offset of the value of a member of an object that begins at `start`; undefined if it has no such member. */
export function memberStart(source: string, start: number, name: string): number | undefined {
  let found: number | undefined;
  let at = skipSpace(source, start + 1);
  while (at < source.length && source.charAt(at) !== '}') {
    const end = endOfValue(source, at);
    const key = source.slice(at, end);
    const value = skipSpace(source, skipSpace(source, end) + 1);
    // Of two members with the same name, the last one counts.
    if (key === JSON.stringify(name)) found = value;
    at = skipSpace(source, endOfValue(source, value));
    if (source.charAt(at) === ',') at = skipSpace(source, at + 1);
  }
  return found;
}
