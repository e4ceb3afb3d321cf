import { isJsonObject, type JsonObject } from '../foundation/json.ts';
import { readText, readTextIfThere } from '../foundation/readFiles.ts';
import { brokenModel } from './brokenModel.ts';
import { refusePlaceholder } from './placeholder.ts';

/** The JSON object in a file of a model folder. Throws `UserError` if the file is missing or malformed. */
export async function readJsonObject(file: string): Promise<JsonObject> {
  return parseObject(await readText(file), file);
}

/** The same; undefined if there is no such file. */
export async function readOptionalJsonObject(file: string): Promise<JsonObject | undefined> {
  const source = await readTextIfThere(file);
  return source === undefined ? undefined : parseObject(source, file);
}

function parseObject(source: string, file: string): JsonObject {
  refusePlaceholder(file, source, source.length);
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw brokenModel(file, 'The file is not valid JSON.');
  }
  if (!isJsonObject(value)) throw brokenModel(file, 'The file is not a JSON object.');
  if (isDeep(value)) throw brokenModel(file, 'The JSON in the file is nested too deeply.');
  return value;
}

/** What is nested more deeply than any model's file cannot be written again: that takes the stack. */
const deepest = 100;

function isDeep(value: JsonObject): boolean {
  let level: readonly object[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap((parent) =>
      Object.values(parent).filter((child) => typeof child === 'object' && child !== null),
    );
  }
  return false;
}
