import { readFile } from 'node:fs/promises';
import { isJsonObject, type JsonObject } from '../../foundation/json.ts';
import { asFileError, UserError } from '../../foundation/userError.ts';

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
  let previous: unknown;
  try {
    previous = JSON.parse(source);
  } catch {
    throw new UserError('This file is not valid JSON.', {
      place: { file },
      nextStep: 'Start a new run in another folder.',
    });
  }
  const before: JsonObject = isJsonObject(previous) ? previous : {};
  const changed = Object.keys({ ...before, ...description }).filter(
    (key) =>
      key !== 'count' && key !== 'run' && JSON.stringify(before[key]) !== JSON.stringify(description[key]),
  );
  if (changed.length > 0) {
    throw new UserError(`The run was begun with another ${changed.join(', ')}.`, {
      place: { file },
      nextStep: 'Resume it with the settings it was begun with, or start a new run in another folder.',
    });
  }
  const { run } = before;
  return { run: typeof run === 'string' ? run : undefined };
}
