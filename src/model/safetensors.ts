import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { isJsonObject } from '../foundation/json.ts';
import type { JsonObject } from '../foundation/json.ts';
import { decodeFloats, elementBytes, elementCount } from './floats.ts';
import { encodeHalfFloats } from './halfFloat.ts';
import { damaged } from './weights/damaged.ts';
import type { WeightTensor } from './weights/tensor.ts';
import { readWeightBytes } from './weights/weightBytes.ts';

export interface SafetensorsFile {
  readonly names: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Throws `UserError` when there is no tensor of that name. */
  tensor(name: string): WeightTensor;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/**
 * Reads a weight file: 8 bytes little-endian header length, a JSON header, the values
 * (https://huggingface.co/docs/safetensors). Everything is checked before any value is used; a damaged or
 * cut file gives a `UserError` that names it. The file is held in memory until the result is dropped.
 */
export async function readSafetensors(file: string): Promise<SafetensorsFile> {
  const bytes = await readWeightBytes(file);
  const { entries, metadata } = parse(bytes, file);
  return {
    names: [...entries.keys()],
    metadata,
    tensor(name) {
      const entry = entries.get(name);
      if (entry === undefined) {
        throw damaged(file, `It has no tensor "${name}".`, 'Choose a model folder of the BERT family.');
      }
      return {
        dtype: entry.dtype,
        shape: entry.shape,
        toFloat32: () => toFloat32(entry, name, file),
      };
    },
  };
}

/**
 * Writes a weight file, whole or not at all. The order of `tensors` is kept, so the same tensors give the
 * same bytes. `transformers` wants `{ format: 'pt' }` among the metadata.
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
  const bytes = new Uint8Array(8 + headerLength + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(json, 8);
  let offset = 8 + headerLength;
  for (const { data } of tensors.values()) {
    const values = options.dtype === 'F16' ? encodeHalfFloats(data) : data;
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  await writeFileAtomic(file, bytes);
}

function parse(bytes: Uint8Array, file: string) {
  if (bytes.length < 8) throw damaged(file, `It is cut off: ${bytes.length} bytes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > bytes.length - 8) {
    throw damaged(file, `Its header claims ${headerLength} bytes, the file has ${bytes.length}.`);
  }
  const header = parseHeader(bytes.subarray(8, 8 + headerLength), file);
  const data = bytes.subarray(8 + headerLength);
  const entries = new Map<string, Entry>();
  let used = 0;
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const entry = parseEntry(name, value, data, file);
    used += entry.data.length;
    entries.set(name, entry);
  }
  if (used !== data.length) {
    throw damaged(file, `Its header describes ${used} bytes of values, the file has ${data.length}.`);
  }
  return { entries, metadata: parseMetadata(header) };
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

function parseEntry(name: string, value: unknown, data: Uint8Array, file: string): Entry {
  const fields = isJsonObject(value) ? value : {};
  const { dtype, shape, data_offsets: offsets } = fields;
  if (typeof dtype !== 'string' || !isLengths(shape) || !isLengths(offsets) || offsets.length !== 2) {
    throw damaged(file, `Its header describes tensor "${name}" wrongly.`);
  }
  const [start, end] = offsets as [number, number];
  const width = elementBytes[dtype];
  if (width === undefined) throw damaged(file, `Tensor "${name}" has the unknown type ${dtype}.`);
  if (end > data.length) {
    throw damaged(file, `It is cut off: tensor "${name}" ends at byte ${end} of ${data.length}.`);
  }
  if (end - start !== elementCount(shape) * width) {
    throw damaged(
      file,
      `Tensor "${name}" has ${end - start} bytes, its shape [${shape.join(', ')}] differs.`,
    );
  }
  return { dtype, shape, data: data.subarray(start, end) };
}

function parseMetadata(header: JsonObject): Record<string, string> {
  const metadata = header['__metadata__'];
  if (!isJsonObject(metadata)) return {};
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}

function toFloat32({ dtype, data }: Entry, name: string, file: string): Float32Array {
  const floats = decodeFloats(dtype, data);
  if (floats !== undefined) return floats;
  throw damaged(
    file,
    `Tensor "${name}" is of type ${dtype}.`,
    'Save the model with F32, F16 or BF16 weights.',
  );
}

function isLengths(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && length >= 0);
}
