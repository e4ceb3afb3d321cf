import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../../src/model/weights/safetensors.ts';
import { temporaryFolder } from './tinyModel.ts';

const tensors = new Map([
  ['weight', { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-3, 65_504) }],
  ['scalar', { shape: [], data: Float32Array.of(0.1) }],
  ['empty', { shape: [0, 4], data: new Float32Array(0) }],
]);

async function file(bytes?: Uint8Array): Promise<string> {
  const name = path.join(await temporaryFolder(), 'model.safetensors');
  if (bytes !== undefined) await writeFile(name, bytes);
  return name;
}

function raw(header: string, data: Uint8Array, headerLength = header.length): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(new TextEncoder().encode(header), 8);
  bytes.set(data, 8 + header.length);
  return bytes;
}

describe('safetensors', () => {
  it('come back as they were written in F32', async () => {
    const name = await file();
    await writeSafetensors(name, tensors, { dtype: 'F32', metadata: { format: 'pt', note: 'µ' } });
    const read = await readSafetensors(name);
    expect(read.names).toEqual(['weight', 'scalar', 'empty']);
    expect(read.metadata).toEqual({ format: 'pt', note: 'µ' });
    for (const [key, { shape, data }] of tensors) {
      expect(read.tensor(key)).toMatchObject({ dtype: 'F32', shape });
      expect(read.tensor(key).toFloat32()).toEqual(data);
    }
  });

  it('are rounded in F16, at half the size', async () => {
    const name = await file();
    await writeSafetensors(name, tensors, { dtype: 'F16' });
    const read = await readSafetensors(name);
    expect([...read.tensor('weight').toFloat32()]).toEqual([1, -2, 3.5, 0, 1049 * 2 ** -20, 65_504]);
    expect((await stat(name)).size % 8).toBe(14 % 8);
  });

  it('are the same bytes for the same tensors', async () => {
    const [first, second] = [await file(), await file()];
    await writeSafetensors(first, tensors, { dtype: 'F16' });
    await writeSafetensors(second, tensors, { dtype: 'F16' });
    expect(await readFile(first)).toEqual(await readFile(second));
  });

  it('read values at any place of the file, BF16 and F32 alike', async () => {
    const header = JSON.stringify({
      a: { dtype: 'U8', shape: [1], data_offsets: [0, 1] },
      b: { dtype: 'BF16', shape: [2], data_offsets: [1, 5] },
      c: { dtype: 'F32', shape: [1], data_offsets: [5, 9] },
    });
    const name = await file(raw(header, Uint8Array.of(7, 0x80, 0x3f, 0x20, 0xc0, 0, 0, 0x40, 0x40)));
    const read = await readSafetensors(name);
    expect(read.tensor('b').toFloat32()).toEqual(Float32Array.of(1, -2.5));
    expect(read.tensor('c').toFloat32()).toEqual(Float32Array.of(3));
    expect(() => read.tensor('a').toFloat32()).toThrow(/type U8/);
    expect(() => read.tensor('d')).toThrow(/no tensor "d"/);
  });

  it('cannot be written with a shape that does not fit', async () => {
    const name = await file();
    const wrong = new Map([['a', { shape: [3], data: new Float32Array(2) }]]);
    await expect(writeSafetensors(name, wrong, { dtype: 'F32' })).rejects.toThrow(RangeError);
    await expect(stat(name)).rejects.toThrow(/ENOENT/);
  });
});

const one = (entry: unknown): string => JSON.stringify({ a: entry });
const values = new Uint8Array(8);

describe('damaged weights are refused', () => {
  it.each([
    ['an empty file', new Uint8Array(0), 'is empty'],
    ['a header longer than the file', raw('{}', values, 1000), 'should have 1000 bytes'],
    ['a header that is no JSON', raw('{"a":', values), 'not JSON'],
    ['a header that is a list', raw('[]', values), 'not a JSON object'],
    ['a tensor without a type', raw(one({ shape: [2], data_offsets: [0, 8] }), values), 'invalid entry'],
    [
      'a negative length',
      raw(one({ dtype: 'F32', shape: [-2], data_offsets: [0, 8] }), values),
      'invalid entry',
    ],
    ['an unknown type', raw(one({ dtype: 'F33', shape: [2], data_offsets: [0, 8] }), values), 'unknown type'],
    [
      'a shape of another size',
      raw(one({ dtype: 'F32', shape: [3], data_offsets: [0, 8] }), values),
      'does not match its shape',
    ],
    [
      'values that are cut off',
      raw(one({ dtype: 'F32', shape: [4], data_offsets: [0, 16] }), values),
      'cut off',
    ],
    [
      'tensors that overlap',
      raw(
        JSON.stringify({
          a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
          b: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
        }),
        values,
      ),
      'overlaps',
    ],
    [
      'a hole before a tensor',
      raw(one({ dtype: 'F32', shape: [1], data_offsets: [4, 8] }), values),
      '4 bytes',
    ],
    [
      'an end before its start',
      raw(one({ dtype: 'F32', shape: [1], data_offsets: [8, 4] }), values),
      'does not match its shape',
    ],
    [
      'more values than there are numbers',
      raw(one({ dtype: 'F32', shape: [2 ** 40, 2 ** 40], data_offsets: [0, 8] }), values),
      'does not match its shape',
    ],
    ['values of no tensor', raw(one({ dtype: 'F32', shape: [1], data_offsets: [0, 4] }), values), '8'],
  ])('%s', async (_, bytes, message) => {
    const name = await file(bytes);
    await expect(readSafetensors(name)).rejects.toMatchObject({
      name: 'UserError',
      place: { file: name },
      nextStep: expect.stringMatching(/again/),
      message: expect.stringContaining(message),
    });
  });

  it('a file that is not there', async () => {
    const name = await file();
    await expect(readSafetensors(name)).rejects.toMatchObject({ name: 'UserError', place: { file: name } });
  });
});
