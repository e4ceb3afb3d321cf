import { crc32 } from 'node:zlib';
import { damaged } from '../weights/damaged.ts';
import type { FileBytes } from '../weights/fileBytes.ts';

/** Signatures and lengths of a zip file's records (PKWARE APPNOTE 6.3.10, section 4.3). */
const localHeader = { signature: 0x04034b50, bytes: 30 };
const directoryEntry = { signature: 0x02014b50, bytes: 46 };
const directoryEnd = { signature: 0x06054b50, bytes: 22 };
const directoryEnd64 = { signature: 0x06064b50, bytes: 56 };
const directoryEnd64Locator = { signature: 0x07064b50, bytes: 20 };
const zip64Field = 0x0001;
const longestComment = 0xffff;
/** These values of a 16-bit or 32-bit field mean that the actual value is in the zip64 record. */
const elsewhere16 = 0xffff;
const elsewhere32 = 0xffff_ffff;

/** A stored file of the archive. */
export interface ZipEntry {
  readonly size: number;
  /** Its bytes from `start` to `end`; the first call also compares the checksum of the whole entry. */
  read(start: number, end: number): Uint8Array;
}

interface ZipFile {
  readonly names: readonly string[];
  /** Undefined if there is no entry of that name. */
  entry(name: string): ZipEntry | undefined;
}

/** An entry as listed in the directory. */
interface Listed {
  readonly size: number;
  /** Of its local header. */
  readonly offset: number;
  readonly checksum: number;
}

/** A checksum is computed in pieces of this size. */
const pieceBytes = 2 ** 22;

/** Far more than any weights need: even the largest encoders have only a few thousand entries. */
const mostDirectoryBytes = 2 ** 26;

/** Whether the bytes begin as those of a zip file do. */
export function isZip(bytes: FileBytes): boolean {
  return bytes.size >= 4 && viewOf(bytes.read(0, 4)).getUint32(0, true) === localHeader.signature;
}

/**
 * Reads a zip file of stored (not compressed) entries, as written by `torch.save`. Every size and offset is compared
 * with the file before it is used. Names are only looked up; nothing is written.
 */
export function readZip(bytes: FileBytes, file: string): ZipFile {
  const fail = (what: string): Error => damaged(file, what);
  const directory = findDirectory(bytes, fail);
  const entries = readDirectory(bytes, directory, fail);
  const checked = new Set<string>();
  return {
    names: [...entries.keys()],
    entry(name) {
      const listed = entries.get(name);
      if (listed === undefined) return undefined;
      const { size, offset, checksum } = listed;
      const begin = dataStart(bytes, offset, directory.start);
      if (begin === undefined || begin + size > directory.start) {
        throw fail(
          `Its entry ${name} should have ${size} bytes at ${offset}, but the file has ${bytes.size}.`,
        );
      }
      return {
        size,
        read(start, end) {
          if (!checked.has(name) && checksumOf(bytes, begin, begin + size) !== checksum) {
            throw fail(`The checksum of its entry ${name} is wrong.`);
          }
          checked.add(name);
          return bytes.read(begin + start, begin + end);
        },
      };
    },
  };
}

function checksumOf(bytes: FileBytes, start: number, end: number): number {
  let checksum = 0;
  for (let place = start; place < end; place += pieceBytes) {
    checksum = crc32(bytes.read(place, Math.min(end, place + pieceBytes)), checksum);
  }
  return checksum;
}

interface Directory {
  readonly entries: number;
  readonly start: number;
  readonly end: number;
}

function readDirectory(
  bytes: FileBytes,
  { entries: count, start, end }: Directory,
  fail: (what: string) => Error,
): ReadonlyMap<string, Listed> {
  if (end - start > mostDirectoryBytes) throw fail('Its directory is too long for a weight file.');
  const directory = bytes.read(start, end);
  const view = viewOf(directory);
  const entries = new Map<string, Listed>();
  let position = 0;
  for (let index = 0; index < count; index++) {
    if (position + directoryEntry.bytes > directory.length) throw fail('Its directory is cut off.');
    if (view.getUint32(position, true) !== directoryEntry.signature) throw fail('Its directory is damaged.');
    const nameLength = view.getUint16(position + 28, true);
    const extraLength = view.getUint16(position + 30, true);
    const nameStart = position + directoryEntry.bytes;
    const extraStart = nameStart + nameLength;
    const next = extraStart + extraLength + view.getUint16(position + 32, true);
    if (next > directory.length) throw fail('Its directory is cut off.');
    const name = new TextDecoder().decode(directory.subarray(nameStart, extraStart));
    if (entries.has(name)) throw fail(`It has two entries named ${name}.`);
    if ((view.getUint16(position + 8, true) & 1) !== 0) throw fail(`Its entry ${name} is encrypted.`);
    if (view.getUint16(position + 10, true) !== 0) throw fail(`Its entry ${name} is compressed.`);
    const { size, stored, offset } = placeOf(view, position, { start: extraStart, length: extraLength });
    if (size !== stored) throw fail(`Its entry ${name} has two sizes.`);
    entries.set(name, { size, offset, checksum: view.getUint32(position + 16, true) });
    position = next;
  }
  return entries;
}

/** Finds the directory of entries. Its place is given at the end of the file, before an optional comment. */
function findDirectory(bytes: FileBytes, fail: (what: string) => Error): Directory {
  const longest = longestComment + directoryEnd.bytes + directoryEnd64Locator.bytes + directoryEnd64.bytes;
  const tailStart = Math.max(0, bytes.size - longest);
  const view = viewOf(bytes.read(tailStart, bytes.size));
  const last = view.byteLength - directoryEnd.bytes;
  let at = last;
  while (at >= 0 && at >= last - longestComment && view.getUint32(at, true) !== directoryEnd.signature) at--;
  if (at < 0 || view.getUint32(at, true) !== directoryEnd.signature) {
    throw fail('It is cut off: the directory of the zip file is missing.');
  }
  let entries = view.getUint16(at + 10, true);
  let size = view.getUint32(at + 12, true);
  let start = view.getUint32(at + 16, true);
  if (entries === elsewhere16 || size === elsewhere32 || start === elsewhere32) {
    const record = findZip64(view, at - directoryEnd64Locator.bytes, tailStart);
    if (record === undefined) throw fail('Its zip64 directory is damaged.');
    entries = long(view, record + 32);
    size = long(view, record + 40);
    start = long(view, record + 48);
  }
  const end = start + size;
  if (end > tailStart + at) {
    throw fail(`Its directory should have ${size} bytes at ${start}, but the file has ${bytes.size}.`);
  }
  return { entries, start, end };
}

/** The offset of the zip64 record in the last part of a file, which begins at `tailStart`. */
function findZip64(view: DataView, locator: number, tailStart: number): number | undefined {
  if (locator < 0 || view.getUint32(locator, true) !== directoryEnd64Locator.signature) return undefined;
  const record = long(view, locator + 8) - tailStart;
  const isThere = record >= 0 && record + directoryEnd64.bytes <= locator;
  return isThere && view.getUint32(record, true) === directoryEnd64.signature ? record : undefined;
}

/** Sizes and offset of an entry; those too large for the directory are in its zip64 field, in this order. */
function placeOf(view: DataView, entry: number, extra: { readonly start: number; readonly length: number }) {
  const place = {
    size: view.getUint32(entry + 24, true),
    stored: view.getUint32(entry + 20, true),
    offset: view.getUint32(entry + 42, true),
  };
  const end = extra.start + extra.length;
  for (let field = extra.start; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== zip64Field) continue;
    let value = field + 4;
    for (const key of ['size', 'stored', 'offset'] as const) {
      if (place[key] !== elsewhere32 || value + 8 > end) continue;
      place[key] = long(view, value);
      value += 8;
    }
    break;
  }
  return place;
}

/** Where an entry's bytes begin, after its own header; undefined if that header is missing. */
function dataStart(bytes: FileBytes, offset: number, directory: number): number | undefined {
  if (offset + localHeader.bytes > directory) return undefined;
  const view = viewOf(bytes.read(offset, offset + localHeader.bytes));
  if (view.getUint32(0, true) !== localHeader.signature) return undefined;
  return offset + localHeader.bytes + view.getUint16(26, true) + view.getUint16(28, true);
}

function long(view: DataView, position: number): number {
  return Number(view.getBigUint64(position, true));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
