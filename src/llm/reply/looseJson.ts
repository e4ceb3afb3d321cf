import { isJsonObject, type JsonValue } from '../../foundation/json.ts';
import { blankSkipper } from './blankSkipper.ts';

/** What was read from a position on. `whole` is false if the source ends or becomes unreadable in the middle of it. */
interface Reading {
  readonly value: JsonValue;
  readonly whole: boolean;
}

interface LooseReading extends Reading {
  /** Where reading stopped. */
  readonly end: number;
  /** The source of each list entry that was left out because it is not whole, or its beginning. */
  readonly leftOut: readonly string[];
  /** It is nested more deeply than any reply. */
  readonly isTooDeep: boolean;
}

/** In characters: whole texts are shorter. */
const shownOfLeftOut = 8000;

/** No reply is nested more deeply, and such nesting would exhaust the stack. */
const deepest = 32;

const openings: Readonly<Record<string, string>> = {
  '"': '"',
  '\u201C': '\u201D\u201C"',
  '\u201E': '\u201C\u201D"',
  "'": "'",
  '\u2018': "\u2019'",
  '`': '`',
};

const literals: ReadonlyMap<string, JsonValue> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
  ['none', null],
]);

// Not "\b" and "\f": they are far more often the start of "\beta" and "\frac".
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** What is being read, which decides what may follow a closing quote. Any other quote belongs to the text. */
type Context = 'key' | 'member' | 'bare member' | 'entry';

const bare = /[^\s,:{}[\]"]+/y;
const bareKey = /[A-Za-z_]\w{0,40}/y;
const quotedKey = /["'\u201C\u2018]\s{0,40}[\w -]{1,40}["'\u201D\u2019]/y;
const literalEntry = /(?:true|false|null|None|True|False|-?\d[\d.eE+-]{0,40})/y;

/**
 * Reads JSON as language models write it, starting at the bracket at `start`. It may have unescaped quotes and line
 * ends inside strings, single and typographic quotes, keys without quotes, comments, missing and trailing commas,
 * Python's literals, or end too early. The characters of a string are never changed or dropped: if the end of a string is in
 * doubt, its entry is not whole, and lists leave such entries out. `skip`: of the same source, if it is read several times.
 */
export function readLooseJson(source: string, start: number, skip = blankSkipper(source)): LooseReading {
  let at = start;
  const leftOut: string[] = [];
  let isTooDeep = false;

  /** Where a pattern that matches at a position ends; -1 if it does not match. */
  const endOf = (pattern: RegExp, index: number): number => {
    pattern.lastIndex = index;
    return pattern.test(source) ? pattern.lastIndex : -1;
  };
  const skipBlank = (): void => {
    at = skip(at);
  };
  const isColonAt = (index: number): boolean => index !== -1 && source[skip(index)] === ':';
  /** The position after an optional comma. */
  const afterComma = (index: number): number => {
    const next = skip(index);
    return source[next] === ',' ? skip(next + 1) : next;
  };

  /**
   * Whether something may follow a closing quote: in an object the next key (unquoted only if the object's other keys are)
   * or the object's end; in a list the next entry or the list's end.
   */
  const follows = (context: Context, index: number): boolean => {
    const next = skip(index);
    if (context === 'key') return source[next] === ':';
    const after = afterComma(index);
    const character = source[after] ?? '';
    if (context === 'entry') {
      if (source[next] === ']') return true;
      if (source[next] !== ',') return false;
      if (/["'\u201C\u2018{[\]]/.test(character)) return true;
      const end = endOf(literalEntry, after);
      return end !== -1 && /[,\]]/.test(source[skip(end)] ?? '');
    }
    if (after >= source.length || character === '}') return true;
    if (context === 'member') return isColonAt(endOf(quotedKey, after));
    return source[next] === ',' && isColonAt(endOf(bareKey, after));
  };
  /** A quote before a key may be the closing one, with a missing comma, or belong to the text. */
  const maybeKeyFollows = (index: number): boolean => {
    const end = endOf(bareKey, afterComma(index));
    return isColonAt(end) && /["'\u201C[{]/.test(source[skip(skip(end) + 1)] ?? '');
  };
  const entryEnds = (index: number): boolean => {
    const next = skip(index);
    return next >= source.length || /[,\]{]/.test(source[next] ?? '');
  };

  /** White space and commas, of which there may be too few or too many. */
  const skipSeparators = (): void => {
    skipBlank();
    while (source[at] === ',') {
      at++;
      skipBlank();
    }
  };

  function readValue(depth: number, context: Context): Reading {
    skipBlank();
    const character = source[at] ?? '';
    if (depth > deepest) {
      isTooDeep = true;
      return { value: null, whole: false };
    }
    if (character === '{') return readObject(depth, context === 'entry');
    if (character === '[') return readList(depth);
    if (character in openings) return readString(context);
    const word = readBare();
    if (word === undefined) return { value: null, whole: false };
    const literal = literals.get(word.toLowerCase());
    if (literal !== undefined) return { value: literal, whole: true };
    const number = Number(word);
    // An unquoted word may be the first of several: only a number or literal is certainly whole.
    return Number.isNaN(number)
      ? { value: word, whole: follows(context, at) }
      : { value: number, whole: true };
  }

  function readBare(): string | undefined {
    bare.lastIndex = at;
    const word = bare.exec(source)?.[0];
    at += word?.length ?? 0;
    return word;
  }

  function readObject(depth: number, inList: boolean): Reading {
    const members = new Map<string, JsonValue>();
    const lists = new Map<string, JsonValue>();
    const broken = (): Reading => ({ value: Object.fromEntries(lists), whole: false });
    at++;
    for (;;) {
      skipSeparators();
      if (source[at] === '}') {
        at++;
        // If this brace belonged to a text, something else would follow.
        return { value: Object.fromEntries(members), whole: !inList || entryEnds(at) };
      }
      const isBare = !((source[at] ?? '') in openings);
      const name = isBare ? readBare() : readString('key').value;
      skipBlank();
      if (typeof name !== 'string' || source[at] !== ':') return broken();
      at++;
      const member = readValue(depth + 1, isBare ? 'bare member' : 'member');
      if (Array.isArray(member.value)) lists.set(name, member.value);
      if (!member.whole) return broken();
      members.set(name, member.value);
    }
  }

  function readList(depth: number): Reading {
    const entries: JsonValue[] = [];
    const key = /^\[\s*\{\s*["'\u201C]?(\w+)/.exec(source.slice(at, at + 80))?.[1];
    let isBroken = false;
    at++;
    for (;;) {
      skipSeparators();
      if (source[at] === ']') {
        at++;
        return { value: entries, whole: true };
      }
      if (at >= source.length) return { value: entries, whole: false };
      const from = at;
      const entry = readValue(depth + 1, 'entry');
      if (entry.whole && (!isBroken || haveSameKeys(entry.value, entries[0]))) {
        entries.push(entry.value);
        continue;
      }
      // Only the list of texts continues after a broken entry: a deeper list belongs to a text that is broken too.
      isBroken = true;
      const next = depth > 1 ? undefined : nextObject(key, Math.max(at, from + 1));
      if (depth <= 1)
        leftOut.push(source.slice(from, Math.min(next ?? source.length, from + shownOfLeftOut)));
      if (next === undefined) return { value: entries, whole: false };
      at = next;
    }
  }

  /** Where the next object that begins with this key starts, after the end of another. */
  function nextObject(key: string | undefined, index: number): number | undefined {
    if (key === undefined) return undefined;
    const opening = new RegExp(`\\{\\s*["'\u201C]?${key}["'\u201D]?\\s*:`, 'y');
    for (let end = source.indexOf('}', index - 1); end !== -1; end = source.indexOf('}', end + 1)) {
      const next = afterComma(end + 1);
      if (endOf(opening, next) !== -1) return next;
    }
    return undefined;
  }

  function readString(context: Context): Reading {
    const opening = source[at] ?? '';
    const closings = openings[opening] ?? '';
    let value = '';
    let inner = 0;
    let isDoubtful = false;
    let from = ++at;
    for (; at < source.length; at++) {
      const character = source[at] ?? '';
      if (character === '\\') {
        value += source.slice(from, at);
        at++;
        const code = /^u([\da-f]{4})/i.exec(source.slice(at, at + 5))?.[1];
        value += code === undefined ? escaped(source[at] ?? '') : charFrom(code);
        if (code !== undefined) at += 4;
        from = at + 1;
      } else if (closings.includes(character)) {
        if (follows(context, at + 1)) {
          value += source.slice(from, at);
          at++;
          // In a list of strings `", "` may also be part of a text: an odd number of quotes inside shows it.
          return { value, whole: !isDoubtful && (context !== 'entry' || inner % 2 === 0) };
        }
        isDoubtful ||= maybeKeyFollows(at + 1);
        if (character !== "'" && character !== '\u2019') inner++;
      }
    }
    return { value: value + source.slice(from), whole: false };
  }

  const reading = readValue(0, 'member');
  return { ...reading, end: at, leftOut, isTooDeep };
}

/** An entry after a broken one may come from inside it, so it must look like the first. */
function haveSameKeys(value: JsonValue, first: JsonValue | undefined): boolean {
  return first === undefined || keysOf(value) === keysOf(first);
}

function keysOf(value: JsonValue): string {
  return isJsonObject(value) ? Object.keys(value).join(' ') : '';
}

/** What a backslash and a character stand for; before most letters the backslash belongs to the text. */
function escaped(character: string): string {
  return escapes[character] ?? (/[\p{L}\p{N}]/u.test(character) ? `\\${character}` : character);
}

function charFrom(hexadecimal: string): string {
  return String.fromCharCode(Number.parseInt(hexadecimal, 16));
}
