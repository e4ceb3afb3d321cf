import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError, asFileError } from '../foundation/userError.ts';
import { makeFolder } from '../foundation/makeFolder.ts';

/** Files are written and read in pieces, because one call can handle at most 2 GiB. */
const pieceBytes = 2 ** 26;

/** The file begins with the length of the header, a little-endian number of this many bytes. */
const lengthBytes = 4;

/** Numbers in memory, or their bytes in pieces. */
type Numbers = NodeJS.ArrayBufferView | AsyncIterable<Uint8Array>;

/**
 * Writes the length of a header, the header as JSON, and the bytes of the numbers. The file is written atomically, and
 * nothing is copied in memory.
 */
export async function writeStateFile(
  file: string,
  header: object,
  numbers: readonly Numbers[],
): Promise<void> {
  const temporary = partialFile(file);
  try {
    await makeFolder(path.dirname(file));
    const handle = await open(temporary, 'w');
    try {
      const json = Buffer.from(JSON.stringify(header));
      const length = Buffer.alloc(lengthBytes);
      length.writeUInt32LE(json.length);
      for (const part of [length, json, ...numbers]) {
        await handle.writeFile(ArrayBuffer.isView(part) ? pieces(part) : part);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw asFileError(error, file);
  }
}

/** Removes a state file, and what a killed process wrote of the next one. */
export async function removeStateFile(file: string): Promise<void> {
  for (const name of [file, partialFile(file)]) await rm(name, { force: true });
}

/** Always the same name, so that a partial file of a killed process is overwritten. */
function partialFile(file: string): string {
  return `${file}.new`;
}

/** The last bytes of a state file, in pieces. Throws `UserError` if it has fewer or cannot be read. */
export async function* lastBytes(file: string, count: number): AsyncGenerator<Uint8Array> {
  const handle = await open(file).catch((error: unknown) => {
    throw asFileError(error, file);
  });
  try {
    const { size } = await handle.stat();
    if (count > size) throw damaged(file);
    for (let place = size - count; place < size; place += pieceBytes) {
      const piece = Buffer.alloc(Math.min(pieceBytes, size - place));
      await readFully(handle, piece, place, file);
      yield piece;
    }
  } finally {
    await handle.close();
  }
}

/** A file written by `writeStateFile`. */
interface StateFile {
  /** Not checked yet. */
  readonly header: unknown;
  /** Loads all numbers except the last `rest` bytes. Throws `UserError` if their size differs. */
  load(numbers: readonly NodeJS.ArrayBufferView[], rest: number): Promise<void>;
  /** Loads only the last numbers. Throws `UserError` if the file is too small. */
  loadLast(numbers: readonly NodeJS.ArrayBufferView[]): Promise<void>;
  close(): Promise<void>;
}

/** Undefined if there is no such file. Throws `UserError` if it cannot be read. */
export async function openStateFile(file: string): Promise<StateFile | undefined> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw asFileError(error, file);
  });
  if (handle === undefined) return undefined;
  try {
    const length = Buffer.alloc(lengthBytes);
    await readFully(handle, length, 0, file);
    const { size } = await handle.stat();
    const headerBytes = length.readUInt32LE();
    if (lengthBytes + headerBytes > size) throw damaged(file);
    const json = Buffer.alloc(headerBytes);
    await readFully(handle, json, lengthBytes, file);
    const start = lengthBytes + headerBytes;
    const loadFrom = async (begin: number, numbers: readonly NodeJS.ArrayBufferView[]): Promise<void> => {
      let place = begin;
      for (const piece of numbers.flatMap(pieces)) {
        await readFully(handle, piece, place, file);
        place += piece.length;
      }
    };
    return {
      header: parseHeader(json, file),
      async load(numbers, rest) {
        if (start + bytesOf(numbers) + rest !== size) throw damaged(file);
        await loadFrom(start, numbers);
      },
      async loadLast(numbers) {
        const begin = size - bytesOf(numbers);
        if (begin < start) throw damaged(file);
        await loadFrom(begin, numbers);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readFully(handle: FileHandle, target: Buffer, place: number, file: string): Promise<void> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await handle.read(target, done, target.length - done, place + done);
    if (bytesRead === 0) throw damaged(file);
    done += bytesRead;
  }
}

function parseHeader(json: Buffer, file: string): unknown {
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    throw damaged(file);
  }
}

function damaged(file: string): UserError {
  return new UserError('The state of the interrupted training is damaged.', {
    place: { file },
    nextStep: 'Start the training again without resuming.',
  });
}

function bytesOf(numbers: readonly NodeJS.ArrayBufferView[]): number {
  return numbers.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Views of the bytes of an array, in pieces. */
function pieces({ buffer, byteOffset, byteLength }: NodeJS.ArrayBufferView): Buffer[] {
  return Array.from({ length: Math.ceil(byteLength / pieceBytes) }, (_, i) => {
    const start = i * pieceBytes;
    return Buffer.from(buffer, byteOffset + start, Math.min(pieceBytes, byteLength - start));
  });
}
