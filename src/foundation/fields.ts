import * as z from 'zod/mini';
import { isJsonObject } from './json.ts';

// The error of each field completes the sentence `"name" must be ...`, so that it says what is allowed.

/** Text with at least one character that is not white space. */
export const text = matching(/\S/u, 'text that is not blank');

/** Text that matches `pattern`; `rule` describes the pattern ("a colour such as ..."). */
export function matching(pattern: RegExp, rule: string) {
  return z.string({ error: rule }).check(z.regex(pattern, { error: rule }));
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most?: number) {
  const error = `a whole number ${bounds(least, most)}`;
  return z
    .int({ error })
    .check(z.gte(least, { error }), ...(most === undefined ? [] : [z.lte(most, { error })]));
}

/** A number from `least` to `most`. */
export function numeric(least: number, most: number) {
  const error = `a number ${bounds(least, most)}`;
  return z.number({ error }).check(z.gte(least, { error }), z.lte(most, { error }));
}

/** A number above 0, and up to `most`. */
export function positive(most?: number) {
  const error = `a number above 0${most === undefined ? '' : `, up to ${most}`}`;
  return z
    .number({ error })
    .check(z.gt(0, { error }), ...(most === undefined ? [] : [z.lte(most, { error })]));
}

export function oneOf<const T extends readonly string[]>(values: T) {
  return z.enum(values, { error: `one of ${listed(values)}` });
}

/**
 * An object whose keys are names from a file, such as labels. Unlike `z.record`, it also keeps a key `__proto__`.
 */
export function dictionary<V extends z.ZodMiniType>(value: V) {
  return z.pipe(
    z.pipe(
      z.transform((given: unknown) => (isJsonObject(given) ? new Map(Object.entries(given)) : given)),
      z.map(z.string(), value),
    ),
    z.transform((entries): Record<string, z.output<V>> => Object.fromEntries(entries)),
  );
}

/** `"a", "b"`. */
export function listed(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(', ');
}

/** A field with a description for the JSON Schema. */
export function described<T extends z.ZodMiniType>(field: T, description: string, more: object = {}): T {
  return field.check(z.meta({ description, ...more }));
}

/** A field that may be left out. `more` is for the JSON Schema only, such as the default that applies. */
export function optional<T extends z.ZodMiniType>(field: T, description: string, more: object = {}) {
  const made = z.exactOptional(field);
  z.globalRegistry.add(made, { description, ...more });
  return made;
}

/** A field that has `value` if it is left out. */
export function withDefault<T extends z.ZodMiniType>(field: T, value: z.input<T>, description: string) {
  const made = z.prefault(field, value);
  z.globalRegistry.add(made, { description });
  return made;
}

function bounds(least: number, most: number | undefined): string {
  return most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
}
