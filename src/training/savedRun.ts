import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { checkValue, type ValueOf } from '../foundation/checkValue.ts';
import { checkDiskSpace } from '../foundation/diskSpace.ts';
import { fileExists } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';
import type { EpochResult } from './trainOptions.ts';
import { lastBytes, openStateFile, writeStateFile } from './stateFile.ts';
import type { Trainer, Weights } from './trainer.ts';
import { type RunRecord, runRecordSchema } from './writeModel.ts';

/** How far a training is, without the trainer. */
const positionSchema = z.object({
  /** The current epoch, from 1. */
  epoch: z.int(),
  /** Updates of this epoch that are done, and the sum of their losses. */
  done: z.int(),
  lossSum: z.number(),
  /** State of the generator of the batches' order at the start of this epoch. */
  order: z.int(),
  /** Of the epochs that are over. */
  results: z.array(z.object({ epoch: z.int(), loss: z.number(), devF1: z.number() })),
});
export type Position = ValueOf<typeof positionSchema>;

/** The state of a training. */
export interface Progress {
  readonly position: Position;
  /** Where the weights of its best epoch so far are: they are not kept in memory beside those being trained. */
  readonly best: 'in the trainer' | 'saved' | undefined;
}

const headerSchema = z.object({
  /** What decides about the result: a training can only be resumed with the same. */
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
  /** What the record of its model will say. */
  record: runRecordSchema,
  standing: positionSchema,
  counts: z.object({ steps: z.int(), decay: z.number(), dropout: z.int() }),
  hasBest: z.boolean(),
});
type Header = ValueOf<typeof headerSchema>;

export type RunSettings = Header['settings'];
export type Run = Pick<Header, 'settings' | 'record'>;

/** The hidden folder beside a model folder that keeps an unfinished training. */
function stateFolder(out: string): string {
  const target = path.resolve(out);
  return path.join(path.dirname(target), `.${path.basename(target)}.training`);
}

function stateFile(out: string): string {
  return path.join(stateFolder(out), 'state.bin');
}

/** Whether there is an unfinished training of this model folder that can go on. */
export function hasSavedRun(out: string): Promise<boolean> {
  return fileExists(stateFile(out));
}

/**
 * Checks before a run that the disk has room for what it keeps: an old and a new state side by side, whose place
 * the model takes at the end. Throws `UserError`.
 */
export async function checkRoom(out: string, trainer: Trainer): Promise<void> {
  const state = [...trainer.numbers, ...weightsOf(trainer)].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );
  const there = await stat(stateFile(out)).catch(() => ({ size: 0 }));
  await checkDiskSpace(path.dirname(path.resolve(out)), 2 * state - there.size, 'the training');
}

/** Throws `UserError` when it cannot be written. */
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
 * Loads the state of a saved training into the trainer; undefined if there is none. Throws `UserError` if it was
 * started with other settings or data.
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

/** Puts the weights of the best epoch back into the trainer, whose run was saved after its last update. */
export async function loadBest(out: string, trainer: Trainer): Promise<void> {
  const saved = await openSavedBest(out);
  if (saved === undefined) {
    throw new UserError('The state of the training, with its best weights, has been removed meanwhile.', {
      place: { file: stateFile(out) },
      nextStep: 'Start the training anew, and leave hidden folders beside its model alone.',
    });
  }
  try {
    await saved.load({ weights: trainer.weights.values, embeddings: trainer.embeddings.values });
  } finally {
    await saved.close();
  }
}

/** What is known of a saved run that has a best epoch, and its weights. */
interface SavedBest {
  readonly record: RunRecord;
  readonly results: readonly EpochResult[];
  /** Loads the weights into arrays of their sizes. Throws `UserError` when the file is too small for that. */
  load(best: Weights): Promise<void>;
  close(): Promise<void>;
}

/** `undefined` when there is no saved run, or none with an epoch that was scored. */
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
  await rm(stateFolder(out), { recursive: true, force: true });
}

/** The header of a state that this version wrote. */
function headerOf(header: unknown, file: string): Header {
  const { value } = checkValue(headerSchema, header, 'state');
  if (value !== undefined) return value;
  throw new UserError('The state of the interrupted training is of another version of Chartmark.', {
    place: { file },
    nextStep: 'Start the training anew, without resuming.',
  });
}

/** All that is trained, the moments left out: views. */
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
  throw new UserError(`The interrupted training was another one: ${differences.join('; ')}.`, {
    place: { file },
    nextStep: 'Resume with the same data and options, or start anew without resuming.',
  });
}

/** Hashes are long; their begin tells them apart. */
function shown(value: string | number = 'unset'): string {
  return String(value).slice(0, 12);
}
