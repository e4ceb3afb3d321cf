import { rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { dictionary } from '../foundation/fields.ts';
import { checkValue, type ValueOf } from '../foundation/checkValue.ts';
import { checkDiskSpace } from '../foundation/diskSpace.ts';
import { fileExists } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';
import type { EpochResult } from './trainOptions.ts';
import { lastBytes, openStateFile, removeStateFile, writeStateFile } from './stateFile.ts';
import type { Trainer, Weights } from './trainer.ts';
import { type RunRecord, runRecordSchema } from './writeModel.ts';

/** The progress of a run, without the state of the trainer. */
const positionSchema = z.object({
  /** The current epoch, from 1. */
  epoch: z.int(),
  /** The number of updates done in this epoch, and the sum of their losses. */
  done: z.int(),
  lossSum: z.number(),
  /** The state, at the start of this epoch, of the random generator for the order of batches. */
  order: z.int(),
  /** Of the finished epochs. */
  results: z.array(z.object({ epoch: z.int(), loss: z.number(), devF1: z.number() })),
});
export type Position = ValueOf<typeof positionSchema>;

export interface Progress {
  readonly position: Position;
  /** Where the weights of the best epoch so far are. Memory has only those that are being trained. */
  readonly best: 'in the trainer' | 'saved' | undefined;
}

const headerSchema = z.object({
  /** See `runSettings`. */
  settings: dictionary(z.union([z.string(), z.number()])),
  /** The record of its model. */
  record: runRecordSchema,
  standing: positionSchema,
  counts: z.object({ steps: z.int(), decay: z.number(), dropout: z.int() }),
  hasBest: z.boolean(),
});
type Header = ValueOf<typeof headerSchema>;

export type RunSettings = Header['settings'];
export type Run = Pick<Header, 'settings' | 'record'>;

/** The hidden folder next to a model folder for the state of an unfinished run. */
export function stateFolder(out: string): string {
  const target = path.resolve(out);
  return path.join(path.dirname(target), `.${path.basename(target)}.training`);
}

function stateFile(out: string): string {
  return path.join(stateFolder(out), 'state.bin');
}

/** Whether there is an unfinished run for this model folder that can be resumed. */
export function hasSavedRun(out: string): Promise<boolean> {
  return fileExists(stateFile(out));
}

/** The settings and the record of an unfinished run; undefined if there is none that this version can read. */
export async function readSavedRun(out: string): Promise<Run | undefined> {
  try {
    const file = await openStateFile(stateFile(out));
    if (file === undefined) return undefined;
    await file.close();
    return headerOf(file.header, stateFile(out));
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/**
 * Checks before a run that the disk has space for an old and a new state side by side. At the end, the model takes
 * the space of one of them. Throws `UserError`.
 */
export async function checkRoom(out: string, trainer: Trainer): Promise<void> {
  const state = [...trainer.numbers, ...weightsOf(trainer)].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );
  const there = await stat(stateFile(out)).catch(() => ({ size: 0 }));
  await checkDiskSpace(path.dirname(path.resolve(out)), 2 * state - there.size, 'the training');
}

/** Throws `UserError` if it cannot be written. */
export async function saveRun(
  out: string,
  run: Run,
  trainer: Trainer,
  { position, best }: Progress,
): Promise<void> {
  trainer.embeddings.settle();
  const header: Header = {
    ...run,
    standing: position,
    counts: trainer.counts,
    hasBest: best !== undefined,
  };
  const bestWeights = {
    'in the trainer': () => weightsOf(trainer),
    saved: () => [lastBytes(stateFile(out), weightBytes(trainer))],
  };
  await writeStateFile(stateFile(out), header, [
    ...trainer.numbers,
    ...(best === undefined ? [] : bestWeights[best]()),
  ]);
}

/**
 * Loads the state of a saved run into the trainer; undefined if there is none. Throws `UserError` if the run had other
 * settings or data.
 */
export async function loadRun(
  out: string,
  { settings }: Pick<Run, 'settings'>,
  trainer: Trainer,
): Promise<Progress | undefined> {
  const file = await openStateFile(stateFile(out));
  if (file === undefined) return undefined;
  try {
    const header = headerOf(file.header, stateFile(out));
    checkSettings(header.settings, settings, stateFile(out));
    await file.load(trainer.numbers, header.hasBest ? weightBytes(trainer) : 0);
    trainer.goOn(header.counts);
    return { position: header.standing, best: header.hasBest ? 'saved' : undefined };
  } finally {
    await file.close();
  }
}

/** Loads the weights of the best epoch into the trainer. The run must have been saved after its last update. */
export async function loadBest(out: string, trainer: Trainer): Promise<void> {
  const saved = await openSavedBest(out);
  if (saved === undefined) {
    throw new UserError('The saved state of the training, with its best weights, has been removed.', {
      place: { file: stateFile(out) },
      nextStep: 'Start the training again, and do not remove the hidden folder next to its model.',
    });
  }
  try {
    await saved.load({ weights: trainer.weights.values, embeddings: trainer.embeddings.values });
  } finally {
    await saved.close();
  }
}

/** The best epoch of a saved run. */
export interface SavedBest {
  readonly record: RunRecord;
  readonly results: readonly EpochResult[];
  /** Loads the weights into arrays of the right sizes. Throws `UserError` if the file is too small. */
  load(best: Weights): Promise<void>;
  close(): Promise<void>;
}

/** Undefined if there is no saved run or none of its epochs was scored. */
export async function openSavedBest(out: string): Promise<SavedBest | undefined> {
  const file = await openStateFile(stateFile(out));
  if (file === undefined) return undefined;
  let header: Header;
  try {
    header = headerOf(file.header, stateFile(out));
  } catch (error) {
    await file.close();
    throw error;
  }
  const { record, standing, hasBest } = header;
  if (!hasBest) {
    await file.close();
    return undefined;
  }
  return {
    record,
    results: standing.results,
    load: ({ weights, embeddings }) => file.loadLast([weights, embeddings]),
    close: () => file.close(),
  };
}

export async function removeSavedRun(out: string): Promise<void> {
  await removeStateFile(stateFile(out));
  // Whatever else is in the folder is not Chartmark's, and stays there.
  await rmdir(stateFolder(out)).catch(() => undefined);
}

function headerOf(header: unknown, file: string): Header {
  const { value } = checkValue(headerSchema, header, 'state');
  if (value !== undefined) return value;
  throw new UserError('The state of the interrupted training was saved by another version of Chartmark.', {
    place: { file },
    nextStep: 'Start the training again without resuming.',
  });
}

/** Views of everything that is trained, without the moments. */
function weightsOf({ weights, embeddings }: Trainer): readonly Float32Array[] {
  return [weights.values, embeddings.values];
}

function weightBytes(trainer: Trainer): number {
  return weightsOf(trainer).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function checkSettings(before: RunSettings, now: RunSettings, file: string): void {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const other = names.filter((name) => before[name] !== now[name]);
  if (other.length === 0) return;
  const differences = other.map((name) => `${name} ${shown(before[name])}, now ${shown(now[name])}`);
  throw new UserError(`The interrupted training had other settings: ${differences.join('; ')}.`, {
    place: { file },
    nextStep: 'Resume with the same data and options, or start again without resuming.',
  });
}

/** Hashes are cut: their first characters are enough to see that they differ. */
function shown(value: string | number = 'unset'): string {
  return String(value).slice(0, 12);
}
