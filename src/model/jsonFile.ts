import { readFile } from 'node:fs/promises';
import { isJsonObject } from '../foundation/json.ts';
import type { JsonObject } from '../foundation/json.ts';
import { UserError, asFileError } from '../foundation/userError.ts';

const nextStep = 'Copy or download the model folder again.';

/** The JSON object in a file of a model folder. A missing or malformed file is a `UserError` naming it. */
export async function readJsonObject(file: string): Promise<JsonObject> {
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    throw asFileError(error, file);
  });
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw new UserError('The file is not valid JSON.', { place: { file }, nextStep, cause: error });
  }
  if (!isJsonObject(value)) {
    throw new UserError('The file is not a JSON object.', { place: { file }, nextStep });
  }
  return value;
}

/** Like `readJsonObject`, but a file that does not exist is `undefined`. */
export async function readOptionalJsonObject(file: string): Promise<JsonObject | undefined> {
  try {
    return await readJsonObject(file);
  } catch (error) {
    const cause = error instanceof UserError ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (cause?.code === 'ENOENT') return undefined;
    throw error;
  }
}
