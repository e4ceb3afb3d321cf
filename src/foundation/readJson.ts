import { checkValue, type Problem, type Schema } from './checkValue.ts';
import { parseJsonc } from './jsonSource.ts';
import { type Place, UserError } from './userError.ts';

interface Source {
  /** What messages call the whole value: "run.json". */
  readonly name: string;
  /** `line`: where the text begins in a file with one value per line. */
  readonly place?: Place;
  readonly nextStep: string;
}

/**
 * The value of a JSON text. Throws `UserError` with the line if the JSON is broken or the value does not fit `schema`.
 * The message quotes nothing from the text, which may contain notes.
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
    // The parser's own message quotes the text.
    const message = text.trim() === '' ? `"${name}" is empty.` : `"${name}" is not valid JSON.`;
    throw new UserError(message, { ...located([]), nextStep });
  }
  return readValue(schema, value, source, located);
}

/** A value from a page, a process or an argument. Throws `UserError` if it does not fit `schema`. */
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

/** The line of the value at a path, or of the syntax error. */
function lineOf(text: string, path: Problem['path']): number {
  try {
    return parseJsonc(text, '').lineOf(path);
  } catch (error) {
    return (error instanceof UserError ? error.place?.line : undefined) ?? 1;
  }
}
