import { readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { checkDiskSpace } from '../../foundation/diskSpace.ts';
import { UserError, asFileError, throwIfCancelled } from '../../foundation/userError.ts';
import { readModelConfig } from '../folder.ts';
import { loadTokenizer } from '../tokenizer/tokenizer.ts';
import { downloadFile } from './downloadFile.ts';
import { type HubFile, type HubListing, listFiles } from './listing.ts';
import { neededFiles } from './neededFiles.ts';
import type { HubAccess, HubPlace } from './place.ts';
import { makeFolder } from '../../foundation/makeFolder.ts';

export interface DownloadPlan {
  readonly listing: HubListing;
  /** Small files first. */
  readonly files: readonly HubFile[];
  /** Bytes of all files. */
  readonly total: number;
}

export interface DownloadProgress {
  readonly file: string;
  /** Bytes on disk, including those of earlier attempts. */
  readonly done: number;
  readonly total: number;
  /** In this attempt; undefined until some bytes have arrived. */
  readonly bytesPerSecond?: number;
  readonly secondsLeft?: number;
}

interface PullHooks {
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** Weight files, which are downloaded last. */
const weightFile = /\.(?:safetensors|bin)$/;

/**
 * Asks a hub for the list of files of a base encoder, so that their sizes can be shown before the download. Throws
 * `UserError` if the model does not exist, is not public or is not an encoder.
 */
export async function planDownload(place: HubPlace, access: HubAccess = {}): Promise<DownloadPlan> {
  const listing = await listFiles(place, access);
  const files = neededFiles(listing);
  return { listing, files, total: files.reduce((sum, { size }) => sum + size, 0) };
}

/**
 * Downloads the files of a plan into the new folder `out`, which appears only when it is complete. Until then the files
 * are in a hidden folder next to `out`, from which the next call continues after a cancellation or an error. The small
 * files are checked before the weights are downloaded. Throws `UserError`, or `CancelledError` once the signal is
 * aborted.
 */
export async function downloadModel(
  { listing, files, total }: DownloadPlan,
  out: string,
  access: HubAccess = {},
  { onProgress }: PullHooks = {},
): Promise<void> {
  const target = path.resolve(out);
  await checkFree(target, out);
  const staging = path.join(
    path.dirname(target),
    `.${path.basename(target)}.${listing.commit.slice(0, 12)}.download`,
  );
  try {
    await makeFolder(staging);
    const missing = await missingBytes(staging, files);
    await checkDiskSpace(staging, missing, 'the model');
    const report = progressOf(total, total - missing, onProgress);
    let done = 0;
    let checked = false;
    for (const file of files) {
      throwIfCancelled(access.signal);
      if (!checked && weightFile.test(file.name)) {
        await checkEncoder(staging, files);
        checked = true;
      }
      const place = path.join(staging, file.name);
      const before = done;
      if ((await sizeOf(place)) !== file.size) {
        const onBytes = (bytes: number): void => report(file.name, before + bytes);
        await downloadFile({ listing, file, access, onBytes }, place);
      }
      done += file.size;
      report(file.name, done);
    }
    await rename(staging, target);
  } catch (error) {
    throw asFileError(error, out);
  }
}

/** Never replaces an existing folder, because it may be a trained model. */
async function checkFree(target: string, out: string): Promise<void> {
  const names = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw asFileError(error, out);
  });
  if (names === undefined) return;
  if (names.length === 0) {
    await rmdir(target);
    return;
  }
  throw new UserError('The folder already exists.', {
    place: { file: out },
    nextStep: 'Choose another folder, or remove this one first.',
  });
}

/** Checks the small files. If they are not those of an encoder, removes what was downloaded. */
async function checkEncoder(staging: string, files: readonly HubFile[]): Promise<void> {
  try {
    await readModelConfig(staging);
    await loadTokenizer(staging);
  } catch (error) {
    for (const { name } of files) {
      for (const file of [name, `${name}.part`]) await rm(path.join(staging, file), { force: true });
    }
    // Whatever else is in the folder is not Chartmark's, and stays there.
    await rmdir(staging).catch(() => undefined);
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`The model cannot be used as a base encoder. ${error.message}`, {
      nextStep: 'Choose a BERT or RoBERTa encoder.',
      cause: error,
    });
  }
}

async function missingBytes(staging: string, files: readonly HubFile[]): Promise<number> {
  let missing = 0;
  for (const { name, size } of files) {
    const place = path.join(staging, name);
    const there = Math.max((await sizeOf(place)) ?? 0, (await sizeOf(`${place}.part`)) ?? 0);
    missing += Math.max(0, size - there);
  }
  return missing;
}

/** Formats a number of bytes: `90.9 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function progressOf(total: number, there: number, onProgress: PullHooks['onProgress']) {
  const started = performance.now();
  return (file: string, done: number): void => {
    const seconds = (performance.now() - started) / 1000;
    const rate = seconds > 0.5 ? Math.max(0, done - there) / seconds : 0;
    onProgress?.({
      file,
      done,
      total,
      ...(rate > 0 ? { bytesPerSecond: rate, secondsLeft: (total - done) / rate } : {}),
    });
  };
}

async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}
