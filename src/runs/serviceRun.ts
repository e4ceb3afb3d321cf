import { runFiles } from './runFiles.ts';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject } from '../foundation/json.ts';
import { asFileError, UserError } from '../foundation/userError.ts';

/** What a run was begun with, as far as a service of batches must be the same. */
export interface RunDescription {
  /** Its name. */
  readonly run: string;
  readonly model: string;
  readonly host: string;
  /** Accepted texts wanted when it was last at work. */
  readonly count?: number;
  readonly task?: 'ner' | 're';
  readonly provider?: string;
  readonly seed?: number;
  /** Of a relation run that names them: the relations that it is about. */
  readonly relations?: readonly string[];
  /** As `settingsDigest` has it. */
  readonly settings?: string;
}

/** Throws `UserError` when no run is in `folder`. */
export async function readRunDescription(folder: string): Promise<RunDescription> {
  const file = path.join(folder, runFiles.run);
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    throw asFileError(error, file);
  });
  const description = parseDescription(source);
  if (description !== undefined) return description;
  throw new UserError('This file does not describe a run at a service.', {
    place: { file },
    nextStep: 'Name the folder of a run of the openai provider.',
  });
}

function parseDescription(source: string): RunDescription | undefined {
  try {
    const value: unknown = JSON.parse(source);
    if (!isJsonObject(value)) return undefined;
    const { run, model, destination, count, task, provider, seed, relations, settings } = value;
    const host = isJsonObject(destination) ? destination['host'] : undefined;
    return typeof run === 'string' && typeof model === 'string' && typeof host === 'string'
      ? {
          run,
          model,
          host,
          ...(typeof count === 'number' ? { count } : {}),
          ...(task === 'ner' || task === 're' ? { task } : {}),
          ...(typeof provider === 'string' ? { provider } : {}),
          ...(typeof seed === 'number' ? { seed } : {}),
          ...(Array.isArray(relations) ? { relations: relations.flatMap(nameOf) } : {}),
          ...(typeof settings === 'string' ? { settings } : {}),
        }
      : undefined;
  } catch {
    return undefined;
  }
}

function nameOf(value: unknown): readonly string[] {
  const name = isJsonObject(value) ? value['name'] : undefined;
  return typeof name === 'string' ? [name] : [];
}
