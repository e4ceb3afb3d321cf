import { isJsonObject, type JsonValue } from '../../foundation/json.ts';

/** What was read from a position on. `whole` is false if the source ends or becomes unreadable in the middle of it. */
interface Reading {
  readonly value: JsonValue;
  readonly whole: boolean;
}

interface LooseReading extends Reading {
  /** Where reading stopped. */
  readonly end: number;
  /** The source of each list entry that was left out because it is not whole. */
  readonly leftOut: readonly string[];
}

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

const literals: ReadonlyMap<string, JsonValue> = new Map(
  Object.entries({ true: true, false: false, null: null, none: null }),
);

// Not "\b" and "\f": they are far more often the start of "\beta" and "\frac".
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

// What may follow a string's closing quote: in an object the next key (unquoted only if the object's other keys are)
// or the object's end; in a list the next entry or the list's end. Any other quote belongs to the text.
const afterKey = /\s*:/y;
const afterMember = /\s*(?:,?\s*["'\u201C\u2018]\s*[\w -]{1,40}["'\u201D\u2019]\s*:|,?\s*\}|,?\s*$)/y;
const afterBareMember = /\s*(?:,\s*[A-Za-z_]\w{0,40}\s*:|,?\s*\}|,?\s*$)/y;
const afterEntry =
  /\s*(?:,\s*["'\u201C\u2018{[\]]|,\s*(?:true|false|null|None|True|False|-?\d[\d.eE+-]*)\s*[,\]]|\])/y;
/** A quote before this may be the closing one, with a missing comma, or belong to the text. */
const maybeKey = /\s*,?\s*[A-Za-z_]\w{0,40}\s*:\s*["'\u201C[{]/y;
const blank = /\s*/y;
const bare = /[^\s,:{}[\]"]+/y;
const entryOrEnd = /\s*[,\]{]|\s*$/y;

/**
 * Reads JSON as language models write it, starting at the bracket at `start`. It may have unescaped quotes and line
 * ends inside strings, single and typographic quotes, keys without quotes, missing and trailing commas, Python's
 * literals, or end too early. The characters of a string are never changed or dropped: if the end of a string is in
 * doubt, its entry is not whole, and lists leave such entries out.
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

  /** White space and commas, of which there may be too few or too many. */
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
    const literal = literals.get(word.toLowerCase());
    if (literal !== undefined) return { value: literal, whole: true };
    const number = Number(word);
    // An unquoted word may be the first of several: only a number or literal is certainly whole.
    return Number.isNaN(number) ? { value: word, whole: follows(after, at) } : { value: number, whole: true };
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
    at++;
    for (;;) {
      skipSeparators();
      if (source[at] === '}') {
        at++;
        // If this brace belonged to a text, something else would follow.
        return { value: Object.fromEntries(members), whole: !inList || follows(entryOrEnd, at) };
      }
      const isBare = !((source[at] ?? '') in openings);
      const name = isBare ? readBare() : readString(afterKey).value;
      skipBlank();
      if (typeof name !== 'string' || source[at] !== ':')
        return { value: Object.fromEntries(lists), whole: false };
      at++;
      const member = readValue(depth + 1, isBare ? afterBareMember : afterMember);
      if (Array.isArray(member.value)) lists.set(name, member.value);
      if (!member.whole) return { value: Object.fromEntries(lists), whole: false };
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
      const entry = readValue(depth + 1, afterEntry);
      if (entry.whole && (!isBroken || haveSameKeys(entry.value, entries[0]))) {
        entries.push(entry.value);
        continue;
      }
      // Only the list of texts continues after a broken entry: a deeper list belongs to a text that is broken too.
      isBroken = true;
      const next = depth > 1 ? undefined : nextObject(key, Math.max(at, from + 1));
      if (depth <= 1) leftOut.push(source.slice(from, next));
      if (next === undefined) return { value: entries, whole: false };
      at = next;
    }
  }

  /** Where the next object that begins with this key starts, after the end of another. */
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
          // In a list of strings `", "` may also be part of a text: an odd number of quotes inside shows it.
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
