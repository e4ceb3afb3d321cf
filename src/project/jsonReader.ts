import { UserError } from '../foundation/userError.ts';
import type { JsonNode } from './jsonWithLines.ts';

/** Reads a member: gives the value it stands for, or throws a `UserError` naming file, line and what is allowed. */
export type Reader<T> = (node: JsonNode, name: string, file: string) => T;

export function refuse(file: string, line: number, message: string, nextStep: string): UserError {
  return new UserError(message, { place: { file, line }, nextStep });
}

export const readString: Reader<string> = (node, name, file) => {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value.trim() === '') {
    throw refuse(file, node.line, `"${name}" must be text.`, 'Put some text in double quotes there.');
  }
  return node.value;
};

export const readBoolean: Reader<boolean> = (node, name, file) => {
  if (node.kind !== 'scalar' || typeof node.value !== 'boolean') {
    throw refuse(file, node.line, `"${name}" must be true or false.`, 'Write true or false there.');
  }
  return node.value;
};

export function readMatch(pattern: RegExp, description: string): Reader<string> {
  return (node, name, file) => {
    const text = readString(node, name, file);
    if (pattern.test(text)) return text;
    throw refuse(file, node.line, `"${name}" must be ${description}, not "${text}".`, 'Correct it there.');
  };
}

export function readNumber(least: number, most: number, options: { integer: boolean }): Reader<number> {
  const kind = options.integer ? 'a whole number' : 'a number';
  return (node, name, file) => {
    const value = node.kind === 'scalar' ? node.value : undefined;
    if (
      typeof value === 'number' &&
      value >= least &&
      value <= most &&
      (!options.integer || Number.isInteger(value))
    ) {
      return value;
    }
    throw refuse(
      file,
      node.line,
      `"${name}" must be ${kind} from ${least} to ${most}.`,
      'Correct the number there.',
    );
  };
}

export function readChoice<T extends string>(allowed: readonly T[]): Reader<T> {
  return (node, name, file) => {
    const choice = allowed.find((item) => node.kind === 'scalar' && node.value === item);
    if (choice !== undefined) return choice;
    throw refuse(
      file,
      node.line,
      `"${name}" has a value that is not known.`,
      `Use one of: ${allowed.map((item) => `"${item}"`).join(', ')}.`,
    );
  };
}

export function readList<T>(item: Reader<T>): Reader<readonly T[]> {
  return (node, name, file) => {
    if (node.kind !== 'array') {
      throw refuse(file, node.line, `"${name}" must be a list.`, 'Put its items in square brackets.');
    }
    return node.items.map((child) => item(child, name, file));
  };
}

export function readRecord<T>(value: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (node, name, file) => {
    if (node.kind !== 'object') {
      throw refuse(file, node.line, `"${name}" must be an object.`, 'Put it in curly brackets.');
    }
    return Object.fromEntries([...node.members].map(([key, member]) => [key, value(member.node, key, file)]));
  };
}

/** Readers for each key that an object may have; keys of `T` that are optional may be missing in the file. */
export type Shape<T> = { readonly [K in keyof T]-?: Reader<NonNullable<T[K]>> };

/**
 * Reads an object whose missing keys take the value they have in `defaults`. A key that neither the file nor
 * `defaults` has is left out when `optional` names it, and is an error otherwise.
 */
export function readObject<T extends object>(
  shape: Shape<T>,
  defaults: Partial<T>,
  optional: readonly (keyof T & string)[],
): Reader<T> {
  const allowed = Object.keys(shape) as (keyof T & string)[];
  return (node, name, file) => {
    if (node.kind !== 'object') {
      throw refuse(file, node.line, `"${name}" must be an object.`, 'Put it in curly brackets.');
    }
    for (const [key, member] of node.members) {
      if (key !== '$schema' && !(allowed as string[]).includes(key)) {
        throw refuse(
          file,
          member.line,
          `"${key}" is no setting of "${name}".`,
          `Use one of: ${allowed.map((item) => `"${item}"`).join(', ')}.`,
        );
      }
    }
    const result: Partial<T> = { ...defaults };
    for (const key of allowed) {
      const member = node.members.get(key);
      if (member !== undefined) {
        result[key] = shape[key](member.node, key, file);
      } else if (!(key in defaults) && !optional.includes(key)) {
        throw refuse(file, node.line, `"${key}" is missing in "${name}".`, `Add "${key}" there.`);
      }
    }
    return result as T;
  };
}
