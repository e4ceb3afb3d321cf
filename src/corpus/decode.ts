import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { sizeOfFile } from '../foundation/readFiles.ts';
import { asFileError, UserError } from '../foundation/userError.ts';

/** In bytes: half the length of the longest string in V8. */
const largestFile = 256 * 1024 * 1024;

/**
 * The unchanged text of a UTF-8 file, including the byte order mark and line ends. Throws `UserError` if the file cannot
 * be read, is too large or is not UTF-8 text, with the first bad line if possible.
 */
export async function readUtf8(file: string): Promise<string> {
  refuseSize(await sizeOfFile(file), file);
  const bytes = await readFile(file).catch((error: unknown) => {
    throw asFileError(error, file);
  });
  return decodeUtf8(bytes, file);
}

/** The text of UTF-8 bytes; see `readUtf8`. */
export function decodeUtf8(bytes: Uint8Array, file: string): string {
  refuseSize(bytes.length, file);
  refuseUtf16(bytes, file);
  const nul = bytes.indexOf(0);
  if (nul !== -1) {
    throw new UserError('The file contains NUL bytes, so it is not text in UTF-8.', {
      place: { file, line: lineAt(bytes, nul) },
      nextStep: 'Save it as UTF-8.',
    });
  }
  if (!isUtf8(bytes)) {
    throw new UserError('This line is not valid UTF-8.', {
      place: { file, line: firstBadLine(bytes) },
      nextStep: 'Save the file as UTF-8 (it may be Latin-1 or Windows-1252).',
    });
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function refuseSize(bytes: number, file: string): void {
  if (bytes <= largestFile) return;
  throw new UserError('The file is larger than 256 MB.', {
    place: { file },
    nextStep: 'Split it into parts.',
  });
}

/** Throws `UserError` if a file begins with a byte order mark of UTF-16. */
export function refuseUtf16([first, second]: Uint8Array, file: string): void {
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (!isUtf16) return;
  throw new UserError('The file is encoded as UTF-16.', { place: { file }, nextStep: 'Save it as UTF-8.' });
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = bytes.indexOf(10); i !== -1 && i < offset; i = bytes.indexOf(10, i + 1)) line++;
  return line;
}

/** A line feed is never part of a longer UTF-8 sequence, so lines can be checked separately. */
function firstBadLine(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 1; ; line++) {
    const lineFeed = bytes.indexOf(10, start);
    const end = lineFeed === -1 ? bytes.length : lineFeed;
    if (lineFeed === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
