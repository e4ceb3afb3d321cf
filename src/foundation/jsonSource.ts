import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { UserError } from './userError.ts';

/** A JSON value with the lines of the file that it was read from. */
export interface JsonSource {
  readonly value: unknown;
  /** The line, from 1, of the key or item at a path; if the file does not have it, of its closest parent. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Parses JSON with comments and trailing commas, as the editor's language "JSON with Comments" allows them. Throws
 * `UserError` with file and line if the syntax is broken or a key appears twice.
 */
export function parseJsonc(text: string, file: string): JsonSource {
  const source = text.replace(/^\uFEFF/u, '');
  const lineAt = (offset: number): number => source.slice(0, offset).split('\n').length;
  const fail = (message: string, offset: number): UserError =>
    new UserError(message, {
      place: { file, line: lineAt(offset) },
      nextStep: 'Correct the JSON there.',
    });
  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined || root === undefined) {
    throw fail(describeSyntaxError(first), first?.offset ?? 0);
  }
  return {
    value: valueOf(root, (key) => fail(`The key "${String(key.value)}" appears twice.`, key.offset)),
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const node = findNodeAtLocation(root, path.slice(0, length).map(segment));
        if (node !== undefined) return lineAt((node.parent?.type === 'property' ? node.parent : node).offset);
      }
      return lineAt(root.offset);
    },
  };
}

function segment(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key);
}

/** The value of a tree. Keys such as `__proto__` become plain keys. */
function valueOf(node: Node, duplicateKey: (key: Node) => UserError): unknown {
  const { type, children = [] } = node;
  if (type === 'array') return children.map((child) => valueOf(child, duplicateKey));
  if (type !== 'object') return node.value as unknown;
  const members = new Map<string, unknown>();
  for (const { children: [key, value] = [] } of children) {
    if (key === undefined || value === undefined) continue;
    if (members.has(String(key.value))) throw duplicateKey(key);
    members.set(String(key.value), valueOf(value, duplicateKey));
  }
  return Object.fromEntries(members);
}

const syntaxErrors: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'A key in double quotes is missing.',
  ColonExpected: 'A colon is missing after a key.',
  CommaExpected: 'A comma is missing.',
  CloseBraceExpected: 'A closing "}" is missing.',
  CloseBracketExpected: 'A closing "]" is missing.',
  EndOfFileExpected: 'There is something after the end of the JSON value.',
  UnexpectedEndOfComment: 'A comment is not closed.',
  UnexpectedEndOfString: 'A closing double quote is missing.',
  InvalidUnicode: 'A Unicode escape is not valid: it needs four hexadecimal digits.',
  InvalidEscapeCharacter: 'A backslash is followed by a character that JSON does not allow there.',
  InvalidCharacter:
    'A string contains a control character, such as a tab or a line break; write it as an escape sequence.',
};

function describeSyntaxError(error: ParseError | undefined): string {
  return (
    (error === undefined ? undefined : syntaxErrors[printParseErrorCode(error.error)]) ??
    'A value is missing or not valid JSON.'
  );
}
