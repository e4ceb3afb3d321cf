import path from 'node:path';
import * as z from 'zod/mini';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import type { ValueOf } from '../../foundation/checkValue.ts';
import { oneOf, text, whole } from '../../foundation/fields.ts';
import { readTextIfThere } from '../../foundation/readFiles.ts';
import { readJson } from '../../foundation/readJson.ts';
import { serviceBatch } from '../../llm/batch/serviceBatch.ts';
import { runFiles } from '../runFiles.ts';

const optional = z.exactOptional;

const schema = z.object({
  /** The number of the batch file, from 1. */
  number: whole(1),
  /** The path, relative to the run's folder. */
  file: text,
  requests: whole(0),
  bytes: whole(0),
  sha256: text,
  /** How its requests ask for their replies. */
  form: oneOf(['schema', 'json', 'text']),
  /** The highest possible cost of its requests together, in USD, if the price is known. */
  upTo: optional(z.number()),
  /** The service's id of the uploaded file. */
  upload: optional(text),
  /** The service was asked to start the batch. While `service` is undefined, it is unknown whether it did. */
  isAskedFor: optional(z.boolean()),
  /** The last state that the service reported. */
  service: optional(serviceBatch),
  /** The paths of its fetched output and error files, relative to the run's folder. */
  fetched: optional(z.array(text)),
  /** No more results are expected: they are in the ledger, or the batch was given up. */
  isClosed: optional(z.literal(true)),
});

/** A batch file of a run and its state. */
export type Batch = ValueOf<typeof schema>;

const listFile = (folder: string): string => path.join(folder, runFiles.batches);

/** The batches of a run, by number; empty if there is no list. Throws `UserError`. */
export async function readBatches(folder: string): Promise<readonly Batch[]> {
  const file = listFile(folder);
  const source = await readTextIfThere(file);
  if (source === undefined) return [];
  const { batches } = readJson(z.object({ batches: z.array(schema) }), source, {
    name: runFiles.batches,
    place: { file },
    nextStep: 'Restore the file: it records which batches are at the service.',
  });
  return batches;
}

/** Adds batches to the list. Only the holder of the run's lock may call this. Throws `UserError`. */
export async function addBatches(folder: string, batches: readonly Batch[]): Promise<void> {
  await writeList(folder, [...(await readBatches(folder)), ...batches]);
}

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

export function batchPath(folder: string, file: string): string {
  return path.resolve(folder, file);
}

/** The path of a file for the list: relative, so that it stays valid if the run's folder is moved. */
export function listedPath(folder: string, file: string): string {
  return path.relative(path.resolve(folder), path.resolve(file)).split(path.sep).join('/');
}
