import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { checkDiskSpace } from '../foundation/diskSpace.ts';
import { isJsonObject } from '../foundation/json.ts';
import type { JsonObject } from '../foundation/json.ts';
import { fileExists } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';
import type { EpochResult } from './trainOptions.ts';
import { lastBytes, openStateFile, writeStateFile } from './stateFile.ts';
import type { Trainer, TrainerCounts, Weights } from './trainer.ts';
import type { RunRecord } from './writeModel.ts';

/** What decides about a run's result; a run can only go on with the same. */
export type RunSettings = Readonly<Record<string, string | number>>;

/** Where a run stands, beside the trainer. */
export interface Standing {
  /** The epoch at work, from 1. */
  readonly epoch: number;
  /** Updates of this epoch that are done, and the sum of their losses. */
  readonly done: number;
  readonly lossSum: number;
  /** State of the generator of the batches' order at the begin of this epoch. */
  readonly order: number;
  /** Of the epochs that are over. */
  readonly results: readonly EpochResult[];
}

/** Where a run stands. */
export interface Progress {
  readonly standing: Standing;
  /** Where the weights of its best epoch so far are: they are not kept in memory beside those being trained. */
  readonly best: 'in the trainer' | 'saved' | undefined;
}

/** What a run is: what decides about its result, and what its model's record says. */
export interface Run {
  readonly settings: RunSettings;
  readonly record: RunRecord;
}

interface Header extends Run {
  readonly standing: Standing;
  readonly counts: TrainerCounts;
  readonly hasBest: boolean;
}

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
  { standing, best }: Progress,
): Promise<void> {
  trainer.embeddings.settle();
  const header: Header = { ...run, standing, counts: trainer.counts, hasBest: best !== undefined };
  const bestWeights = {
    'in the trainer': () => weightsOf(trainer),
    saved: () => [lastBytes(stateFile(out), weightBytes(trainer))],
  };
  await writeStateFile(stateFile(out), header as unknown as JsonObject, [
    ...trainer.numbers,
    ...(best === undefined ? [] : bestWeights[best]()),
  ]);
}

/**
 * Puts the trainer where a saved run stood; `undefined` when there is none. Throws `UserError` when it was
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
    return { standing: header.standing, best: header.hasBest ? 'saved' : undefined };
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
function headerOf(header: JsonObject, file: string): Header {
  if (['settings', 'record', 'standing', 'counts'].every((key) => isJsonObject(header[key]))) {
    return header as unknown as Header;
  }
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
