import * as z from 'zod/mini';
import { listed } from './fields.ts';

/** A schema whose values are `T`. */
export type Schema<T> = z.ZodMiniType<T>;

/** The values of a schema, read-only at every level. */
export type ValueOf<S extends z.ZodMiniType> = DeepReadonly<z.output<S>>;

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** What is wrong with a value. The message quotes nothing from the value itself, only keys that the schema names. */
export interface Problem {
  /** Keys and indices from the root to the problem; a missing or unknown key comes last. */
  readonly path: readonly PropertyKey[];
  /** The last key of the path that the schema knows, or the name of the whole value if the schema knows no key. */
  readonly name: string;
  readonly message: string;
  readonly nextStep: string;
  /** Set if the problem is a key that the schema does not have. */
  readonly unknownKey?: string;
}

export type Checked<T> =
  | { readonly value: T; readonly problems?: never }
  | { readonly problems: readonly [Problem, ...Problem[]]; readonly value?: never };

/** Checks a value from a file, a page, a process or an argument. `name` is what messages call the whole value. */
export function checkValue<T>(schema: Schema<T>, value: unknown, name: string): Checked<T> {
  // A field without its own message gets an empty one; `ruleOf` then describes the rule.
  const result = schema.safeParse(value, { error: () => '' });
  if (result.success) return { value: result.data };
  const [first, ...rest] = result.error.issues.map((issue) => describe(schema, value, deepest(issue), name));
  if (first === undefined) throw new Error('A refused value has an issue.');
  return { problems: [first, ...rest] };
}

type Issue = z.core.$ZodIssue;

/** If a value may have several forms: the problem in the form that it comes closest to. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors.map(([first]) => first).find((one) => one !== undefined && !isOther(one));
  return inner === undefined ? issue : deepest({ ...inner, path: [...issue.path, ...inner.path] });
}

/** Whether the value as a whole is of another kind. */
function isOther({ code, path }: Issue): boolean {
  return (code === 'invalid_type' || code === 'invalid_value') && path.length === 0;
}

function describe(schema: Schema<unknown>, value: unknown, issue: Issue, root: string): Problem {
  const { path } = issue;
  const name = nameOf(schema, path) ?? root;
  if (issue.code === 'unrecognized_keys') {
    const [unknownKey = ''] = issue.keys;
    return {
      path: [...path, unknownKey],
      name,
      message: `"${name}" has an unknown key.`,
      nextStep: `Use one of: ${listed(keysOf(schema, path))}.`,
      unknownKey,
    };
  }
  if (issue.code === 'invalid_type' && path.length > 0 && valueAt(value, path) === undefined) {
    const around = nameOf(schema, path.slice(0, -1)) ?? root;
    return {
      path,
      name,
      message: `"${name}" is missing from "${around}".`,
      nextStep: `Add "${name}" there.`,
    };
  }
  const message = `${subjectOf(path, name)} must be ${ruleOf(issue)}.`;
  return { path, name, message, nextStep: 'Correct it there.' };
}

function subjectOf(path: readonly PropertyKey[], name: string): string {
  const last = path.at(-1);
  if (typeof last === 'number') return `Item ${last + 1} in "${name}"`;
  return last === undefined || last === name ? `"${name}"` : `An entry in "${name}"`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text in double quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in square brackets',
  object: 'an object in curly brackets',
  record: 'an object in curly brackets',
  map: 'an object in curly brackets',
};

function ruleOf(issue: Issue): string {
  if (issue.message !== '') return issue.message;
  if (issue.code === 'invalid_type') return typeNames[issue.expected] ?? 'of another type';
  if (issue.code === 'invalid_value')
    return `one of ${issue.values.map((one) => JSON.stringify(one)).join(', ')}`;
  if (issue.code === 'too_small' && issue.origin === 'array') return 'a list with more items';
  return 'in a valid form';
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}

/** The last key of a path that the schema names. The keys of a record come from the file, which is not quoted. */
function nameOf(schema: z.core.$ZodType, path: readonly PropertyKey[]): string | undefined {
  let name: string | undefined;
  for (const [depth, key] of path.entries()) {
    if (typeof key === 'string' && keysOf(schema, path.slice(0, depth)).includes(key)) name = key;
  }
  return name;
}

/** The keys that objects at a path may have. */
function keysOf(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  return schemasAt(schema, path).flatMap((at) =>
    at instanceof z.ZodMiniObject ? Object.keys(at.def.shape) : [],
  );
}

/** The schemas that apply at a path; several if the value may have several forms. */
function schemasAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodMiniUnion)
    return schema.def.options.flatMap((option) => schemasAt(option, path));
  const inner = innerOf(schema);
  if (inner !== undefined) return schemasAt(inner, path);
  const [key, ...rest] = path;
  if (key === undefined) return [schema];
  const member = memberOf(schema, key);
  return member === undefined ? [] : schemasAt(member, rest);
}

/** The schema inside a wrapper for optional values, defaults or conversion; undefined if it is not a wrapper. */
function innerOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodMiniPipe) {
    return schema.def.in instanceof z.ZodMiniTransform ? schema.def.out : schema.def.in;
  }
  return schema instanceof z.ZodMiniExactOptional ||
    schema instanceof z.ZodMiniOptional ||
    schema instanceof z.ZodMiniPrefault
    ? schema.def.innerType
    : undefined;
}

function memberOf(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodMiniArray) return schema.def.element;
  if (schema instanceof z.ZodMiniRecord || schema instanceof z.ZodMiniMap) return schema.def.valueType;
  if (!(schema instanceof z.ZodMiniObject) || !Object.hasOwn(schema.def.shape, key)) return undefined;
  return schema.def.shape[String(key)];
}
