import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { UserError, asFileError } from '../../foundation/userError.ts';
import { type HubFile, type HubListing, refused } from './listing.ts';
import { hostOf, type HubAccess } from './place.ts';
import { TemporaryFailure, get, received, withRetries } from './request.ts';

/** Milliseconds without a byte after which an attempt is given up. */
const defaultPatience = 60_000;

interface Download {
  readonly listing: HubListing;
  readonly file: HubFile;
  readonly access: HubAccess;
  /** Called with the number of bytes of the file on disk. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Downloads a file of a model to `target`. Until its checksum is verified, the file is `target.part`, which a later
 * call continues. If the checksum is wrong, the file is downloaded a second time. Throws `UserError`, or
 * `CancelledError`, which keeps the partial file.
 */
export async function downloadFile(download: Download, target: string): Promise<void> {
  const part = `${target}.part`;
  try {
    if (!(await loadRight(download, part)) && !(await loadRight(download, part))) {
      throw new UserError(`The checksum of ${download.file.name} was wrong twice.`, {
        place: { file: target },
        nextStep: 'Try again later, or choose another model.',
      });
    }
    await rename(part, target);
  } catch (error) {
    throw asFileError(error, target);
  }
}

/** Downloads the rest of the file. If its checksum is then wrong, removes it and returns false. */
async function loadRight(download: Download, part: string): Promise<boolean> {
  const { file, access } = download;
  let gained = false;
  const digest = await withRetries(
    access,
    async () => {
      const had = await sizeOf(part);
      try {
        return await loadRest(download, part, had);
      } finally {
        gained = (await sizeOf(part)) > had;
      }
    },
    () => gained,
  );
  if (digest === file.checksum.value) return true;
  await rm(part, { force: true });
  return false;
}

/** One attempt to download all bytes after the first `had`. Returns the checksum of the whole file. */
async function loadRest(
  { listing, file, access, onBytes }: Download,
  part: string,
  had: number,
): Promise<string> {
  const keeps = had <= file.size;
  const hash = newHash(file);
  if (!keeps) await rm(part);
  else if (had > 0) for await (const chunk of createReadStream(part)) hash.update(chunk as Buffer);
  const start = keeps ? had : 0;
  onBytes(start);
  if (start === file.size && file.size > 0) return hash.digest('hex');
  const watch = stallWatch(access);
  try {
    const response = await get(
      fileUrl(listing, file),
      access,
      watch.signal,
      start === 0 ? {} : { range: `bytes=${start}-` },
    );
    watch.heard();
    await checkResponse(response, start, { listing, access });
    // A server that does not support ranges sends the whole file.
    const from = response.status === 206 ? start : 0;
    const whole = from === start ? hash : newHash(file);
    await write(response, {
      part,
      from,
      file,
      hash: whole,
      host: hostOf(listing.place),
      onBytes,
      heard: watch.heard,
    });
    return whole.digest('hex');
  } finally {
    watch.stop();
  }
}

async function checkResponse(
  response: Response,
  start: number,
  { listing, access }: Pick<Download, 'listing' | 'access'>,
): Promise<void> {
  const isRest = response.status === 206 && rangeStart(response) === start;
  if (response.status === 200 || isRest) return;
  await response.body?.cancel();
  if (response.status === 206 || response.status === 416) {
    throw new UserError(`${hostOf(listing.place)} sent a different part of the file than requested.`, {
      nextStep: 'Remove the hidden .download folder next to the model folder, and try again.',
    });
  }
  throw refused(listing.place, response, access);
}

interface Writing {
  readonly part: string;
  readonly from: number;
  readonly file: HubFile;
  readonly hash: Hash;
  readonly host: string;
  readonly onBytes: (bytes: number) => void;
  readonly heard: () => void;
}

async function write(
  { body }: Response,
  { part, from, file, hash, host, onBytes, heard }: Writing,
): Promise<void> {
  const handle = await open(part, from === 0 ? 'w' : 'r+');
  let position = from;
  try {
    for await (const chunk of received(body, host)) {
      heard();
      if (position + chunk.length > file.size) {
        throw new UserError(`${host} sent more than the ${file.size} bytes of ${file.name}.`, {
          nextStep: 'Try again later, or choose another model.',
        });
      }
      await handle.write(chunk, 0, chunk.length, position);
      hash.update(chunk);
      position += chunk.length;
      onBytes(position);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (position < file.size) {
    const message = `${host} sent only ${position} of the ${file.size} bytes of ${file.name}.`;
    throw new TemporaryFailure(
      new UserError(message, { nextStep: 'Try again: what has been downloaded so far is kept.' }),
    );
  }
}

/** Aborts an attempt that is cancelled or receives nothing for a while. */
function stallWatch({ signal, patience = defaultPatience }: HubAccess) {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), patience);
  return {
    signal: signal === undefined ? stalled.signal : AbortSignal.any([signal, stalled.signal]),
    heard: (): void => void timer.refresh(),
    stop: (): void => clearTimeout(timer),
  };
}

/** Git's checksum is the SHA-1 of a header and the content. */
function newHash({ checksum, size }: HubFile): Hash {
  return checksum.kind === 'sha256' ? createHash('sha256') : createHash('sha1').update(`blob ${size}\0`);
}

function fileUrl({ place, commit }: HubListing, { name }: HubFile): string {
  const file = name.split('/').map(encodeURIComponent).join('/');
  return `${place.endpoint}/${place.id}/resolve/${commit}/${file}`;
}

/** `Content-Range: bytes 5-9/10` -> 5. */
function rangeStart({ headers }: Response): number | undefined {
  const match = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '');
  return match === null ? undefined : Number(match[1]);
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return found?.size ?? 0;
}
