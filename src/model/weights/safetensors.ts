import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { isJsonObject, type JsonObject } from '../../foundation/json.ts';
import { quoted, shortened } from '../brokenModel.ts';
import { decodeFloats, elementBytes, elementCount } from '../floats.ts';
import { encodeHalfFloats } from '../halfFloat.ts';
import { damaged, missingTensor } from './damaged.ts';
import type { WeightFile } from './tensor.ts';
import { fileBytes, type FileBytes } from './fileBytes.ts';

export interface SafetensorsFile extends WeightFile {
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Byte offset of its values, counted from the first value in the file. */
  readonly start: number;
  readonly end: number;
}

/** The limit of the format, https://github.com/huggingface/safetensors (`MAX_HEADER_SIZE`). */
const mostHeaderBytes = 100_000_000;

/**
 * Reads a weight file: the length of the header (8 bytes, little-endian), a JSON header, the values
 * (https://huggingface.co/docs/safetensors). The header is checked completely before any value is read, on demand.
 * Throws `UserError` if the file is damaged or cut off.
 */
export async function readSafetensors(file: string): Promise<SafetensorsFile> {
  const bytes = await fileBytes(file);
  const { entries, metadata, dataStart } = parse(bytes, file);
  return {
    names: [...entries.keys()],
    metadata,
    tensor(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw missingTensor(file, name);
      return {
        dtype: entry.dtype,
        shape: entry.shape,
        toFloat32() {
          const floats = decodeFloats(
            entry.dtype,
            bytes.read(dataStart + entry.start, dataStart + entry.end),
          );
          if (floats !== undefined) return floats;
          throw damaged(
            file,
            `Its tensor ${quoted(name)} has the unsupported type ${entry.dtype}.`,
            'Save the model with F32, F16 or BF16 weights.',
          );
        },
      };
    },
  };
}

/**
 * Writes a weight file atomically. Keeps the order of `tensors`, so the same tensors give the same bytes. The default
 * metadata, `{ format: 'pt' }`, is required by `transformers`.
 */
export async function writeSafetensors(
  file: string,
  tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>,
  options: { readonly dtype: 'F32' | 'F16'; readonly metadata?: Readonly<Record<string, string>> },
): Promise<void> {
  const header: Record<string, unknown> = { __metadata__: options.metadata ?? { format: 'pt' } };
  const width = elementBytes[options.dtype] as number;
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    if (elementCount(shape) !== data.length) {
      throw new RangeError(`tensor ${name}: shape [${shape.join(', ')}] does not fit ${data.length} values`);
    }
    const start = end;
    end += data.length * width;
    header[name] = { dtype: options.dtype, shape, data_offsets: [start, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const begin = new Uint8Array(8 + headerLength).fill(0x20);
  new DataView(begin.buffer).setBigUint64(0, BigInt(headerLength), true);
  begin.set(json, 8);
  await writeFileAtomic(file, chunks(begin, tensors.values(), options.dtype));
}

/** The file in pieces, so that no second copy of all weights is in memory. */
function* chunks(
  begin: Uint8Array,
  tensors: Iterable<{ readonly data: Float32Array }>,
  dtype: 'F32' | 'F16',
): Generator<Uint8Array> {
  yield begin;
  for (const { data } of tensors) {
    const { buffer, byteOffset, byteLength } = dtype === 'F16' ? encodeHalfFloats(data) : data;
    yield new Uint8Array(buffer, byteOffset, byteLength);
  }
}

function parse(bytes: FileBytes, file: string) {
  if (bytes.size < 8) throw damaged(file, `It is cut off after ${bytes.size} bytes.`);
  const headerLength = Number(new DataView(bytes.read(0, 8).buffer).getBigUint64(0, true));
  const dataStart = 8 + headerLength;
  if (dataStart > bytes.size) {
    throw damaged(file, `Its header should have ${headerLength} bytes, but the file has only ${bytes.size}.`);
  }
  if (headerLength > mostHeaderBytes) {
    throw damaged(file, `Its header has ${headerLength} bytes; at most ${mostHeaderBytes} are allowed.`);
  }
  const header = parseHeader(bytes.read(8, dataStart), file);
  const dataLength = bytes.size - dataStart;
  const entries = new Map<string, Entry>();
  for (const [name, value] of Object.entries(header)) {
    if (name !== '__metadata__') entries.set(name, parseEntry(name, value, dataLength, file));
  }
  checkPlaces(entries, dataLength, file);
  return { entries, metadata: parseMetadata(header), dataStart };
}

/** Checks that the values have no gaps or overlaps, as the format requires. */
function checkPlaces(entries: ReadonlyMap<string, Entry>, dataLength: number, file: string): void {
  let place = 0;
  const inOrder = [...entries].sort(([, a], [, b]) => a.start - b.start || a.end - b.end);
  for (const [name, { start, end }] of inOrder) {
    if (start < place) throw damaged(file, `Its tensor ${quoted(name)} overlaps the one before it.`);
    if (start > place)
      throw damaged(
        file,
        `Its tensor ${quoted(name)} comes after ${start - place} bytes that belong to no tensor.`,
      );
    place = end;
  }
  if (place !== dataLength) {
    throw damaged(file, `Its header describes ${place} bytes of values, but the file has ${dataLength}.`);
  }
}

function parseHeader(bytes: Uint8Array, file: string): JsonObject {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw damaged(file, 'Its header is not JSON.', undefined, error);
  }
  if (!isJsonObject(header)) throw damaged(file, 'Its header is not a JSON object.');
  return header;
}

function parseEntry(name: string, value: unknown, dataLength: number, file: string): Entry {
  const fields = isJsonObject(value) ? value : {};
  const { dtype, shape, data_offsets: offsets } = fields;
  if (typeof dtype !== 'string' || !isLengths(shape) || !isLengths(offsets) || offsets.length !== 2) {
    throw damaged(file, `Its header has an invalid entry for tensor ${quoted(name)}.`);
  }
  const [start, end] = offsets as [number, number];
  const width = elementBytes[dtype];
  if (width === undefined)
    throw damaged(file, `Its tensor ${quoted(name)} has the unknown type ${shortened(dtype)}.`);
  if (end > dataLength) {
    throw damaged(
      file,
      `It is cut off: tensor ${quoted(name)} ends at byte ${end}, but there are only ${dataLength}.`,
    );
  }
  if (end - start !== elementCount(shape) * width) {
    throw damaged(
      file,
      `Its tensor ${quoted(name)} has ${end - start} bytes, which does not match its shape [${shortened(shape.join(', '))}].`,
    );
  }
  return { dtype, shape, start, end };
}

function parseMetadata(header: JsonObject): Record<string, string> {
  const metadata = header['__metadata__'];
  if (!isJsonObject(metadata)) return {};
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}

function isLengths(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && length >= 0);
}
