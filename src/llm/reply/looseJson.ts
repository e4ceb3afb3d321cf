import { isJsonObject, type JsonValue } from '../../foundation/json.ts';

/** What was read from a position on. `whole` is false when the source ends, or makes no sense, in the middle of it. */
interface Reading {
  readonly value: JsonValue;
  readonly whole: boolean;
}

interface LooseReading extends Reading {
  /** Where reading stopped. */
  readonly end: number;
  /** Sources of list entries that were left out because they are not whole. */
  readonly leftOut: readonly string[];
}

/** Deeper nesting is no reply of ours, and would exhaust the stack. */
const deepest = 32;

const openings: Readonly<Record<string, string>> = {
  '"': '"',
  '\u201C': '\u201D\u201C"',
  '\u201E': '\u201C\u201D"',
  "'": "'",
  '\u2018': "\u2019'",
  '`': '`',
};

const literals: Readonly<Record<string, JsonValue>> = { true: true, false: false, null: null, none: null };

// "\b" and "\f" are far more often the begin of "\beta" and "\frac".
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

// What may follow a string's last quote: in an object the next key (without quotes only where its other keys
// have none) or the object's end, in a list the next entry or the list's end. Any other quote belongs to the text.
const afterKey = /\s*:/y;
const afterMember = /\s*(?:,?\s*["'\u201C\u2018]\s*[\w -]{1,40}["'\u201D\u2019]\s*:|,?\s*\}|,?\s*$)/y;
const afterBareMember = /\s*(?:,\s*[A-Za-z_]\w{0,40}\s*:|,?\s*\}|,?\s*$)/y;
const afterEntry =
  /\s*(?:,\s*["'\u201C\u2018{[\]]|,\s*(?:true|false|null|None|True|False|-?\d[\d.eE+-]*)\s*[,\]]|\])/y;
/** A quote before this may be the last one, its comma missing, or one of the text. */
const maybeKey = /\s*,?\s*[A-Za-z_]\w{0,40}\s*:\s*["'\u201C[{]/y;
const blank = /\s*/y;
const bare = /[^\s,:{}[\]"]+/y;
const entryOrEnd = /\s*[,\]{]|\s*$/y;

/**
 * Reads JSON as language models write it, beginning at the bracket at `start`: quotes and line ends inside
 * strings that were not escaped, single and typographic quotes, keys without quotes, missing and trailing
 * commas, Python's literals, a source that ends too early. Characters of a string are never changed or
 * dropped: a string whose end is in doubt makes its entry not whole, and a list leaves such entries out.
 */
export function readLooseJson(source: string, start: number): LooseReading {
  let at = start;
  const leftOut: string[] = [];

  const follows = (pattern: RegExp, index: number): boolean => {
    pattern.lastIndex = index;
    return pattern.test(source);
  };
  const skipBlank = (): void => {
    blank.lastIndex = at;
    blank.test(source);
    at = blank.lastIndex;
  };

  /** Blanks and commas, missing and trailing ones too. */
  const skipSeparators = (): void => {
    skipBlank();
    while (source[at] === ',') {
      at++;
      skipBlank();
    }
  };

  function readValue(depth: number, after: RegExp): Reading {
    skipBlank();
    const character = source[at] ?? '';
    if (depth > deepest) return { value: null, whole: false };
    if (character === '{') return readObject(depth, after === afterEntry);
    if (character === '[') return readList(depth);
    if (character in openings) return readString(after);
    const word = readBare();
    if (word === undefined) return { value: null, whole: false };
    const literal = literals[word.toLowerCase()];
    if (literal !== undefined) return { value: literal, whole: true };
    const number = Number(word);
    // A word without quotes may be the first of many: only a number or literal is sure to be whole.
    return Number.isNaN(number) ? { value: word, whole: follows(after, at) } : { value: number, whole: true };
  }

  function readBare(): string | undefined {
    bare.lastIndex = at;
    const word = bare.exec(source)?.[0];
    at += word?.length ?? 0;
    return word;
  }

  function readObject(depth: number, inList: boolean): Reading {
    const members: Record<string, JsonValue> = {};
    const lists: Record<string, JsonValue> = {};
    at++;
    for (;;) {
      skipSeparators();
      if (source[at] === '}') {
        at++;
        // A brace inside a text that was not escaped would show here.
        return { value: members, whole: !inList || follows(entryOrEnd, at) };
      }
      const isBare = !((source[at] ?? '') in openings);
      const name = isBare ? readBare() : readString(afterKey).value;
      skipBlank();
      if (typeof name !== 'string' || source[at] !== ':') return { value: lists, whole: false };
      at++;
      const member = readValue(depth + 1, isBare ? afterBareMember : afterMember);
      if (Array.isArray(member.value)) lists[name] = member.value;
      if (!member.whole) return { value: lists, whole: false };
      members[name] = member.value;
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
      const entry = readValue(depth + 1, afterEntry);
      if (entry.whole && (!isBroken || haveSameKeys(entry.value, entries[0]))) {
        entries.push(entry.value);
        continue;
      }
      // Only the list of texts goes on after a broken entry: one deeper belongs to a text that is broken with it.
      isBroken = true;
      const next = depth > 1 ? undefined : nextObject(key, Math.max(at, from + 1));
      if (depth <= 1) leftOut.push(source.slice(from, next));
      if (next === undefined) return { value: entries, whole: false };
      at = next;
    }
  }

  /** Where an object after another begins with this key. */
  function nextObject(key: string | undefined, index: number): number | undefined {
    if (key === undefined) return undefined;
    const boundary = new RegExp(`\\}\\s*,?\\s*(?=\\{\\s*["'\u201C]?${key}["'\u201D]?\\s*:)`, 'g');
    boundary.lastIndex = index - 1;
    return boundary.exec(source) === null ? undefined : boundary.lastIndex;
  }

  function readString(after: RegExp): Reading {
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
        if (follows(after, at + 1)) {
          value += source.slice(from, at);
          at++;
          // In a list of strings `", "` may also be a part of a text: an odd quote inside tells of it.
          return { value, whole: !isDoubtful && (after !== afterEntry || inner % 2 === 0) };
        }
        isDoubtful ||= follows(maybeKey, at + 1);
        if (character !== "'" && character !== '\u2019') inner++;
      }
    }
    return { value: value + source.slice(from), whole: false };
  }

  const reading = readValue(0, afterMember);
  return { ...reading, end: at, leftOut };
}

/** What comes after a broken entry may be from inside it: it must look like the first. */
function haveSameKeys(value: JsonValue, first: JsonValue | undefined): boolean {
  return first === undefined || keysOf(value) === keysOf(first);
}

function keysOf(value: JsonValue): string {
  return isJsonObject(value) ? Object.keys(value).join(' ') : '';
}

/** What a backslash and a character mean; before most letters the backslash is one of the text. */
function escaped(character: string): string {
  return escapes[character] ?? (/[\p{L}\p{N}]/u.test(character) ? `\\${character}` : character);
}

function charFrom(hexadecimal: string): string {
  return String.fromCharCode(Number.parseInt(hexadecimal, 16));
}
