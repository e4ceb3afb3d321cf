import { checkValue, type Problem, type Schema } from './checkValue.ts';
import { parseJsonc } from './jsonSource.ts';
import { type Place, UserError } from './userError.ts';

interface Source {
  /** What the value as a whole is called: "run.json". */
  readonly name: string;
  /** `line` is that of the first line of the text, where a file holds a value on each line. */
  readonly place?: Place;
  readonly nextStep: string;
}

/**
 * The value of a JSON text. Throws `UserError` with the line for bad JSON, and for a value that does not fit `schema`.
 * Its words quote nothing of the text, which may hold notes.
 */
export function readJson<T>(schema: Schema<T>, text: string, source: Source): T {
  const { name, place, nextStep } = source;
  const located = (path: Problem['path']): Source =>
    place === undefined
      ? source
      : { ...source, place: { ...place, line: (place.line ?? 1) - 1 + lineOf(text, path) } };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own words quote the text.
    const message = text.trim() === '' ? `"${name}" is empty.` : `"${name}" is not valid JSON.`;
    throw new UserError(message, { ...located([]), nextStep });
  }
  return readValue(schema, value, source, located);
}

/** A value from a page, a process or an argument. Throws `UserError` when it does not fit `schema`. */
export function readValue<T>(
  schema: Schema<T>,
  value: unknown,
  source: Source,
  located: (path: Problem['path']) => Source = () => source,
): T {
  const checked = checkValue(schema, value, source.name);
  if (checked.problems === undefined) return checked.value;
  const [{ message, path }] = checked.problems;
  throw new UserError(message, located(path));
}

/** The line of a place, or of what is wrong with the syntax. */
function lineOf(text: string, path: Problem['path']): number {
  try {
    return parseJsonc(text, '').lineOf(path);
  } catch (error) {
    return (error instanceof UserError ? error.place?.line : undefined) ?? 1;
  }
}
