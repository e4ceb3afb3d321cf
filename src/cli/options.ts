import { InvalidArgumentError, Option } from 'commander';
import type * as z from 'zod/mini';

/** `--format` of the commands that write annotations. */
export function formatOption(): Option {
  return new Option(
    '--format <format>',
    'output format (default: the format of the input; brat for plain text)',
  ).choices(['bio', 'brat', 'jsonl']);
}

/** `--force` of the commands that write annotations. */
export function forceOption(): Option {
  return new Option(
    '--force',
    'replace files in the way that Chartmark did not write, or that were changed since',
  );
}

/** Option parser: a whole number of at least `minimum`. */
export function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < minimum) {
      throw new InvalidArgumentError(`Give a whole number of at least ${minimum}.`);
    }
    return value;
  };
}

/** Option parser: a number that fits `field`. */
export function numberOf(field: z.ZodMiniType): (text: string) => unknown {
  return (text) => {
    const result = field.safeParse(Number(text));
    if (result.success) return result.data;
    throw new InvalidArgumentError(`Give ${result.error.issues[0]?.message ?? 'another number'}.`);
  };
}

/** Option parser: a number above zero. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('Give a number above zero.');
  return value;
}

/** Option parser: numbers above zero; they add up to a list. */
export function positiveNumbers(text: string, before: readonly number[] | undefined): readonly number[] {
  return [...(before ?? []), positiveNumber(text)];
}

/** Option parser: `NAME=NUMBER`, the number above zero; repeated options add up. */
export function namedNumbers(
  text: string,
  before: Readonly<Record<string, number>> | undefined,
): Readonly<Record<string, number>> {
  const equals = text.lastIndexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Give a name, "=" and a number.');
  return { ...before, [text.slice(0, equals)]: positiveNumber(text.slice(equals + 1)) };
}

/** Option parser: `A,B,C` as a list; repeated options add up. */
export function commaList(text: string, before: readonly string[] | undefined): readonly string[] {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  if (items.length === 0) throw new InvalidArgumentError('Give names, separated by commas.');
  return [...(before ?? []), ...items];
}

/** The given entries without the undefined ones, as `exactOptionalPropertyTypes` wants them. */
export function defined<T extends object>(entries: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Partial<T>;
}
