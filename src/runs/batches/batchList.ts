import { runFiles } from '../runFiles.ts';
import type { ServiceBatch } from '../../llm/batch/batchService.ts';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { isJsonObject } from '../../foundation/json.ts';
import { asFileError, UserError } from '../../foundation/userError.ts';
import type { ReplyForm } from '../../llm/provider.ts';

/** A batch file of a run and what has become of it. */
export interface Batch {
  /** Counts a run's batch files from 1. */
  readonly number: number;
  /** Where it was written, as seen from the run's folder. */
  readonly file: string;
  readonly requests: number;
  readonly bytes: number;
  readonly sha256: string;
  /** How its requests ask for their replies. */
  readonly form: ReplyForm;
  /** The most that its requests can cost in USD together, where the price is known. */
  readonly upTo?: number;
  /** The service's name of the uploaded file. */
  readonly upload?: string;
  /** The service was asked to work on it; until `service` is known nobody can say whether it does. */
  readonly isAskedFor?: boolean;
  readonly service?: ServiceBatch;
  /** Its output and error file, fetched into the run's folder and named as seen from there. */
  readonly fetched?: readonly string[];
  /** Its results are in the ledger, or it was given up: nothing more is to come. */
  readonly isClosed?: true;
}

const listFile = (folder: string): string => path.join(folder, runFiles.batches);

/** The batches of a run, by number; none where there is no list. Throws `UserError`. */
export async function readBatches(folder: string): Promise<readonly Batch[]> {
  const file = listFile(folder);
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
    throw asFileError(error, file);
  });
  if (source === undefined) return [];
  const batches = parseList(source);
  if (batches !== undefined) return batches;
  throw new UserError('This is not the list of batches that Chartmark wrote.', {
    place: { file },
    nextStep: 'Restore the file: it says which batches are at the service.',
  });
}

function parseList(source: string): readonly Batch[] | undefined {
  try {
    const value: unknown = JSON.parse(source);
    const list = isJsonObject(value) ? value['batches'] : undefined;
    const isList =
      Array.isArray(list) &&
      list.every(
        (batch) =>
          isJsonObject(batch) && Number.isInteger(batch['number']) && typeof batch['file'] === 'string',
      );
    return isList ? (list as readonly Batch[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Adds batches to the list. To be called by whoever holds the run's lock. Throws `UserError`. */
export async function addBatches(folder: string, batches: readonly Batch[]): Promise<void> {
  await writeList(folder, [...(await readBatches(folder)), ...batches]);
}

/** What has become of the batch of this number. */
export type BatchChange = Pick<Batch, 'number'> &
  Partial<Pick<Batch, 'upload' | 'isAskedFor' | 'service' | 'fetched' | 'isClosed'>>;

/** To be called by whoever holds the run's lock. Throws `UserError`. */
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

/** A path of the list as the file system knows it. */
export function batchPath(folder: string, file: string): string {
  return path.resolve(folder, file);
}

/** A file's path as the list keeps it: it holds when the run's folder is moved with the file. */
export function listedPath(folder: string, file: string): string {
  return path.relative(path.resolve(folder), path.resolve(file)).split(path.sep).join('/');
}
