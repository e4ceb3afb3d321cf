import { createHash } from 'node:crypto';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { asFileError, UserError } from '../../foundation/userError.ts';
import { makeFolder } from '../../foundation/makeFolder.ts';

/** How much a service accepts in one file. */
export interface PartLimits {
  readonly requests: number;
  readonly bytes: number;
}

/** The limits of OpenAI. */
export const usualLimits: PartLimits = { requests: 50_000, bytes: 200_000_000 };

interface Part {
  readonly number: number;
  readonly file: string;
  readonly requests: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes lines into as many files as the limits require. The files get their final names once all are complete. */
export interface PartFiles {
  /** Writes a line, made for the file with this number, and returns the number. Throws `UserError`. */
  add(makeLine: (part: number) => string): Promise<number>;
  /** Throws `UserError`. */
  finish(): Promise<readonly Part[]>;
  /** Removes unfinished files; does nothing after `finish`. */
  abandon(): Promise<void>;
}

const bufferBytes = 1 << 20;

interface OpenPart {
  readonly number: number;
  readonly file: string;
  readonly handle: FileHandle;
  readonly hash: ReturnType<typeof createHash>;
  requests: number;
  bytes: number;
  buffered: Buffer[];
  bufferedBytes: number;
}

/** The first file is `file` itself and has the number `first`; the others are named `NAME-2.EXT` and so on. */
export function createPartFiles(file: string, first: number, limits: PartLimits): PartFiles {
  let parts: Part[] = [];
  let current: OpenPart | undefined;

  const begin = async (): Promise<OpenPart> => {
    const name = partName(file, parts.length + 1);
    try {
      await refuseExisting(name);
      await makeFolder(path.dirname(name));
      const handle = await open(temporary(name), 'w');
      return {
        number: first + parts.length,
        file: name,
        handle,
        hash: createHash('sha256'),
        requests: 0,
        bytes: 0,
        buffered: [],
        bufferedBytes: 0,
      };
    } catch (error) {
      throw asFileError(error, name);
    }
  };

  const flush = async (part: OpenPart): Promise<void> => {
    try {
      await part.handle.appendFile(Buffer.concat(part.buffered));
    } catch (error) {
      throw asFileError(error, part.file);
    }
    part.buffered = [];
    part.bufferedBytes = 0;
  };

  const end = async (part: OpenPart): Promise<void> => {
    await flush(part);
    try {
      await part.handle.sync();
    } catch (error) {
      throw asFileError(error, part.file);
    } finally {
      await part.handle.close();
      current = undefined;
    }
    const { number, file: name, requests, bytes, hash } = part;
    parts.push({ number, file: name, requests, bytes, sha256: hash.digest('hex') });
  };

  return {
    add: async (makeLine) => {
      let part = (current ??= await begin());
      let line = Buffer.from(makeLine(part.number));
      const isFull = part.requests === limits.requests || part.bytes + line.length > limits.bytes;
      if (isFull && part.requests > 0) {
        await end(part);
        part = current = await begin();
        line = Buffer.from(makeLine(part.number));
      }
      part.requests++;
      part.bytes += line.length;
      part.hash.update(line);
      part.buffered.push(line);
      part.bufferedBytes += line.length;
      if (part.bufferedBytes >= bufferBytes) await flush(part);
      return part.number;
    },
    finish: async () => {
      if (current !== undefined) await end(current);
      for (const { file: name } of parts) {
        try {
          await rename(temporary(name), name);
        } catch (error) {
          throw asFileError(error, name);
        }
      }
      const written = parts;
      parts = [];
      return written;
    },
    abandon: async () => {
      await current?.handle.close().catch(() => undefined);
      const names = [...parts, ...(current === undefined ? [] : [current])].map((part) => part.file);
      for (const name of names) await rm(temporary(name), { force: true }).catch(() => undefined);
    },
  };
}

/** `requests.jsonl`, `requests-2.jsonl`, `requests-3.jsonl` ... */
function partName(file: string, count: number): string {
  if (count === 1) return file;
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}-${count}${ext}`);
}

function temporary(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.tmp`);
}

/** An existing batch file is not overwritten: it may be the only record of what was sent to a service. */
async function refuseExisting(file: string): Promise<void> {
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  throw new UserError('There is already a file with this name.', {
    place: { file },
    nextStep: 'Choose another name, or delete the file if you no longer need it.',
  });
}
