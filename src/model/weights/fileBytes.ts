import { closeSync, openSync, readSync } from 'node:fs';
import { sizeOfFile } from '../../foundation/readFiles.ts';
import { asFileError } from '../../foundation/userError.ts';
import { headBytes, refusePlaceholder } from '../placeholder.ts';
import { damaged } from './damaged.ts';

/** One call reads at most 2 GiB. */
const pieceBytes = 2 ** 30;

/** The bytes of a file, read on demand. */
export interface FileBytes {
  readonly size: number;
  /** The bytes from `start` to `end`, exclusive, at the beginning of a new buffer. Throws `UserError`. */
  read(start: number, end: number): Uint8Array;
}

/**
 * A weight file to read in parts, so that only one tensor at a time is in memory besides the model. It is opened for
 * each part, so nothing has to be closed. Throws `UserError` if it is missing or was not downloaded.
 */
export async function fileBytes(file: string): Promise<FileBytes> {
  const size = await sizeOfFile(file);
  const bytes = partsOf(file, size);
  refusePlaceholder(file, bytes.read(0, Math.min(size, headBytes)), size);
  return bytes;
}

function partsOf(file: string, size: number): FileBytes {
  return {
    size,
    read(start, end) {
      const bytes = new Uint8Array(end - start);
      try {
        const handle = openSync(file, 'r');
        try {
          let done = 0;
          while (done < bytes.length) {
            const length = Math.min(pieceBytes, bytes.length - done);
            const count = readSync(handle, bytes, done, length, start + done);
            if (count === 0) throw damaged(file, `It is cut off after ${start + done} bytes.`);
            done += count;
          }
        } finally {
          closeSync(handle);
        }
      } catch (error) {
        throw asFileError(error, file);
      }
      return bytes;
    },
  };
}
