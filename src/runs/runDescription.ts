import { readFile } from 'node:fs/promises';
import { isJsonObject, type JsonObject } from '../foundation/json.ts';
import { asFileError, UserError } from '../foundation/userError.ts';

/**
 * Makes sure that a run may be begun or gone on with where `file` (its run.json) lies. Throws `UserError`
 * when there is one already that is not to be resumed, or that was begun with other settings than
 * `description` (how many texts are wanted may change). Gives the one that is gone on with, with its name.
 */
export async function checkDescription(
  file: string,
  description: JsonObject,
  resume: boolean,
): Promise<{ readonly run: string | undefined } | undefined> {
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
    throw asFileError(error, file);
  });
  if (source === undefined) return undefined;
  if (!resume) {
    throw new UserError('There is a run in this folder already.', {
      place: { file },
      nextStep: 'Resume it, or name another folder.',
    });
  }
  const before = parseDescription(source, file);
  const changed = Object.keys({ ...before, ...description }).filter(
    (key) => !mayChange.has(key) && JSON.stringify(before[key]) !== JSON.stringify(description[key]),
  );
  if (changed.length > 0) {
    const files = changed.includes('texts') ? changedFiles(before['files'], description['files']) : [];
    const others = files.length === 0 ? changed : changed.filter((key) => key !== 'texts');
    const sentences = [
      ...(files.length === 0 ? [] : [`Texts were changed since the run was begun, in ${listed(files)}.`]),
      ...(others.length === 0 ? [] : [`The run was begun with ${others.map(otherWords).join(', ')}.`]),
    ];
    throw new UserError(sentences.join(' '), {
      place: { file },
      nextStep: `${wayBack(files, others)}, or start a new run in another folder.`,
    });
  }
  const { run } = before;
  return { run: typeof run === 'string' ? run : undefined };
}

/** How many texts are wanted, what the run is called, and what only says more about what is compared. */
const mayChange = new Set(['count', 'run', 'files']);

/** What a run.json says. Throws `UserError` when it is empty or no JSON. */
export function parseDescription(source: string, file: string): JsonObject {
  try {
    const value: unknown = JSON.parse(source);
    return isJsonObject(value) ? value : {};
  } catch (error) {
    // The parser's words quote the file: only the place is taken from them.
    const [, line] = /\(line (\d+) column \d+\)/.exec(String(error)) ?? [];
    throw new UserError(
      source.trim() === ''
        ? 'This file is empty.'
        : 'This file is not valid JSON: it was changed or cut off.',
      {
        place: { file, ...(line === undefined ? {} : { line: Number(line) }) },
        nextStep: 'Restore it, or start a new run in another folder.',
      },
    );
  }
}

/** Names of files that came, went or have another digest; none where one side does not say. */
function changedFiles(before: unknown, now: unknown): readonly string[] {
  if (!isJsonObject(before) || !isJsonObject(now)) return [];
  return Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name]);
}

function wayBack(files: readonly string[], others: readonly string[]): string {
  if (files.length > 0) return 'Resume it with the texts it was begun with';
  return others.length === 1 && others[0] === 'template'
    ? "Bring the template back as it was in the project's folder of prompts (without one there, the built-in one counts)"
    : 'Resume it with the settings it was begun with';
}

function otherWords(key: string): string {
  return key === 'texts' ? 'other texts' : `another ${key}`;
}

const mostListed = 5;

function listed(names: readonly string[]): string {
  const rest = names.length - mostListed;
  return `${names.slice(0, mostListed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
