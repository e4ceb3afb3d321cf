import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import type { ValueOf } from '../../foundation/checkValue.ts';
import { oneOf, text, whole } from '../../foundation/fields.ts';
import { readJson } from '../../foundation/readJson.ts';
import { asFileError } from '../../foundation/userError.ts';
import { serviceBatch } from '../../llm/batch/serviceBatch.ts';
import { runFiles } from '../runFiles.ts';

const optional = z.exactOptional;

const schema = z.object({
  /** Counts a run's batch files from 1. */
  number: whole(1),
  /** Where it was written, relative to the run's folder. */
  file: text,
  requests: whole(0),
  bytes: whole(0),
  sha256: text,
  /** How its requests ask for their replies. */
  form: oneOf(['schema', 'json', 'text']),
  /** The most that its requests can cost in USD together, if the price is known. */
  upTo: optional(z.number()),
  /** The service's name of the uploaded file. */
  upload: optional(text),
  /** The service was told to start it. Whether it did is unknown as long as `service` is undefined. */
  isAskedFor: optional(z.boolean()),
  /** What the service said about it last. */
  service: optional(serviceBatch),
  /** Its output and error file, fetched into the run's folder and named relative to it. */
  fetched: optional(z.array(text)),
  /** Its results are in the ledger, or it was given up: nothing more will come. */
  isClosed: optional(z.literal(true)),
});

/** A batch file of a run and its state. */
export type Batch = ValueOf<typeof schema>;

const listFile = (folder: string): string => path.join(folder, runFiles.batches);

/** The batches of a run, by number; empty if there is no list. Throws `UserError`. */
export async function readBatches(folder: string): Promise<readonly Batch[]> {
  const file = listFile(folder);
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
    throw asFileError(error, file);
  });
  if (source === undefined) return [];
  const { batches } = readJson(z.object({ batches: z.array(schema) }), source, {
    name: runFiles.batches,
    place: { file },
    nextStep: 'Restore the file: it says which batches are at the service.',
  });
  return batches;
}

/** Adds batches to the list. Only the holder of the run's lock may call this. Throws `UserError`. */
export async function addBatches(folder: string, batches: readonly Batch[]): Promise<void> {
  await writeList(folder, [...(await readBatches(folder)), ...batches]);
}

/** The new state of the batch with this number. */
export type BatchChange = Pick<Batch, 'number'> &
  Partial<Pick<Batch, 'upload' | 'isAskedFor' | 'service' | 'fetched' | 'isClosed'>>;

/** Only the holder of the run's lock may call this. Throws `UserError`. */
export async function changeBatches(folder: string, changes: readonly BatchChange[]): Promise<void> {
  if (changes.length === 0) return;
  const byNumber = new Map(changes.map((change) => [change.number, change]));
  const batches = await readBatches(folder);
  await writeList(
    folder,
    batches.map((batch) => Object.assign({}, batch, byNumber.get(batch.number))),
  );
}

async function writeList(folder: string, batches: readonly Batch[]): Promise<void> {
  await writeFileAtomic(listFile(folder), `${JSON.stringify({ batches }, null, 2)}\n`);
}

/** The path of a file of the list. */
export function batchPath(folder: string, file: string): string {
  return path.resolve(folder, file);
}

/** A file's path as the list keeps it: relative, so that it still holds if the run's folder is moved with the file. */
export function listedPath(folder: string, file: string): string {
  return path.relative(path.resolve(folder), path.resolve(file)).split(path.sep).join('/');
}
