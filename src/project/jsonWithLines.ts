import { UserError } from '../foundation/userError.ts';

/** A JSON value that knows the line (from 1) it begins on, and so do its parts. */
export type JsonNode =
  | { readonly kind: 'object'; readonly line: number; readonly members: ReadonlyMap<string, JsonMember> }
  | { readonly kind: 'array'; readonly line: number; readonly items: readonly JsonNode[] }
  | { readonly kind: 'scalar'; readonly line: number; readonly value: null | boolean | number | string };

interface JsonMember {
  /** The line of the key. */
  readonly line: number;
  readonly node: JsonNode;
}

// One JSON token (RFC 8259), or one character that begins none.
const tokenPattern =
  /"(?:[^"\\\r\n]|\\[^\r\n])*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]|[^\s]/gy;

interface Token {
  readonly text: string;
  readonly line: number;
}

/** Parses JSON, keeping lines. Throws `UserError` with file and line on bad syntax or a key given twice. */
export function parseJsonWithLines(source: string, file: string): JsonNode {
  const tokens = tokenize(source.replace(/^\uFEFF/, ''));
  const lastLine = tokens.at(-1)?.line ?? 1;
  let position = 0;

  const fail = (message: string, line: number): UserError =>
    new UserError(message, { place: { file, line }, nextStep: 'Correct the JSON there.' });
  const next = (expected: string): Token => {
    const token = tokens[position++];
    if (token === undefined) throw fail(`The file ends where ${expected} is expected.`, lastLine);
    return token;
  };

  const scalar = ({ text, line }: Token): null | boolean | number | string => {
    try {
      return JSON.parse(text) as null | boolean | number | string;
    } catch {
      throw fail('This value holds a character or an escape that JSON does not allow.', line);
    }
  };

  const value = (): JsonNode => {
    const token = next('a value');
    if (token.text === '{') return object(token.line);
    if (token.text === '[') return array(token.line);
    if (/^(?:["\-0-9].|\d$|true$|false$|null$)/.test(token.text)) {
      return { kind: 'scalar', line: token.line, value: scalar(token) };
    }
    throw fail(`A value is expected instead of ${JSON.stringify(token.text)}.`, token.line);
  };

  const object = (line: number): JsonNode => {
    const members = new Map<string, JsonMember>();
    if (tokens[position]?.text === '}') {
      position++;
      return { kind: 'object', line, members };
    }
    for (;;) {
      const key = next('a key');
      if (!key.text.startsWith('"') || key.text.length < 2) {
        throw fail(`A key in double quotes is expected instead of ${JSON.stringify(key.text)}.`, key.line);
      }
      const name = String(scalar(key));
      if (members.has(name)) throw fail(`The key "${name}" is given twice.`, key.line);
      const colon = next('":"');
      if (colon.text !== ':') throw fail(`":" is expected after the key "${name}".`, colon.line);
      members.set(name, { line: key.line, node: value() });
      const separator = next('"," or "}"');
      if (separator.text === '}') return { kind: 'object', line, members };
      if (separator.text !== ',') throw fail('"," or "}" is expected.', separator.line);
    }
  };

  const array = (line: number): JsonNode => {
    const items: JsonNode[] = [];
    if (tokens[position]?.text === ']') {
      position++;
      return { kind: 'array', line, items };
    }
    for (;;) {
      items.push(value());
      const separator = next('"," or "]"');
      if (separator.text === ']') return { kind: 'array', line, items };
      if (separator.text !== ',') throw fail('"," or "]" is expected.', separator.line);
    }
  };

  const root = value();
  const rest = tokens[position];
  if (rest !== undefined) throw fail(`Nothing is expected after the end of the JSON value.`, rest.line);
  return root;
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let end = 0;
  const pattern = new RegExp(tokenPattern);
  while (end < source.length) {
    const blank = /\s*/y;
    blank.lastIndex = end;
    const space = blank.exec(source)?.[0] ?? '';
    line += space.split('\n').length - 1;
    end += space.length;
    pattern.lastIndex = end;
    const match = pattern.exec(source);
    if (match === null) break;
    tokens.push({ text: match[0], line });
    end += match[0].length;
  }
  return tokens;
}
