import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { readTorchFile } from '../../../src/model/pickle/torchFile.ts';
import { readSafetensors } from '../../../src/model/weights/safetensors.ts';
import { readWeights } from '../../../src/model/readWeights.ts';
import { named, pickle, tensorPickle, text } from './pickle.ts';
import { storedZip } from './storedZip.ts';
import { temporaryFolder } from './tinyModel.ts';

const golden = 'test/golden/data/checkpoints';
const floats = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);

/** What PyTorch would make of a pickle and a storage. */
function archive(data: Uint8Array, storage: Uint8Array = floats): Buffer {
  return storedZip([
    ['archive/data.pkl', data],
    ['archive/data/0', storage],
  ]);
}

async function written(bytes: Uint8Array): Promise<string> {
  const file = path.join(await temporaryFolder(), 'pytorch_model.bin');
  await writeFile(file, bytes);
  return file;
}

/** A file of this size with a hole behind its begin. */
async function sparse(size: number, begin: Uint8Array): Promise<string> {
  const file = path.join(await temporaryFolder(), 'model.safetensors');
  const handle = await open(file, 'w');
  await handle.write(begin);
  await handle.truncate(size);
  await handle.close();
  return file;
}

/** The refusal of a file, when it is opened or its weight is read. */
async function refusal(bytes: Uint8Array): Promise<string> {
  const file = await written(bytes);
  try {
    (await readTorchFile(file)).tensor('weight').toFloat32();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.place).toEqual({ file });
    expect(error.nextStep).toMatch(/\.$/);
    return error.message;
  }
  throw new Error('the file was taken');
}

describe('a file of torch.save', () => {
  it.each([false, true])('is read, zip64: %s', async (zip64) => {
    const bytes = storedZip(
      [
        ['archive/data.pkl', tensorPickle()],
        ['archive/data/0', floats],
      ],
      { zip64 },
    );
    const tensor = (await readTorchFile(await written(bytes))).tensor('weight');
    expect([...tensor.toFloat32()]).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['os', 'system'],
    ['builtins', 'eval'],
    ['builtins', 'getattr'],
    ['torch.storage', '_load_from_bytes'],
    ['torch', 'load'],
    ['torch', 'constructor'],
    ['__builtin__', 'exec'],
    ['collections', 'defaultdict'],
  ])('that asks for %s.%s is refused by that name', async (module, name) => {
    const call = pickle(named(module, name), '(', text('touch owned'), 't', 'R');
    expect(await refusal(archive(call))).toContain(`"${module}.${name}"`);
    const stacked = pickle(text(module), text(name), '\x93');
    expect(await refusal(archive(stacked))).toContain(`"${module}.${name}"`);
  });

  it.each([
    ['INST', 'i'],
    ['OBJ', 'o'],
    ['NEWOBJ', '\x81'],
    ['EXT1', '\x82'],
    ['PERSID', 'P'],
    ['INT', 'I'],
    ['DUP', '2'],
  ])('with the opcode %s is refused', async (_, opcode) => {
    expect(await refusal(archive(pickle('}', opcode)))).toContain('opcode 0x');
  });

  it.each([
    ['a shape larger than its storage', { shape: [2, 3] }, 'needs 6 values'],
    ['an offset behind its storage', { offset: 1 }, 'needs 5 values, but the storage has 4'],
    ['strides that leave its storage', { strides: [3, 1] }, 'needs 5 values'],
    ['one value spread over a billion', { shape: [1_000_000_000], strides: [0] }, 'needs 1000000000 values'],
    ['a negative size', { shape: [-2, -2] }, 'has an invalid tensor'],
    ['a negative offset', { offset: -1 }, 'has an invalid tensor'],
    ['more lengths than strides', { shape: [1, 2, 2] }, 'shape and strides do not match'],
    ['a storage of another size', { length: 5, shape: [5], strides: [1] }, '16 bytes instead of 20'],
    ['a storage that is not there', { key: '7' }, 'storage 7 has 0 bytes'],
    ['a storage outside the file', { key: '../../etc/passwd' }, 'invalid name "../../etc/passwd"'],
    ['whole numbers', { storage: 'IntStorage' }, 'has the unsupported type I32'],
  ])('with %s is refused', async (_, tensor, message) => {
    expect(await refusal(archive(tensorPickle(tensor)))).toContain(message);
  });

  it.each([
    ['ends too early', pickle('X\xff\xff\xff\x7f')],
    ['takes from an empty stack', pickle('R')],
    ['has no mark', pickle('}u')],
    ['recalls nothing', pickle('h\x05')],
    ['fills a text', pickle(text('a'), text('b'), text('c'), 's')],
    ['calls a text', pickle(text('a'), ')', 'R')],
    ['sets the state of a list', pickle(']', '}', 'b')],
    ['is empty', new Uint8Array()],
  ])('whose pickle %s is refused', async (_, bytes) => {
    expect(await refusal(archive(bytes))).toContain('cannot be read');
  });

  it.each([
    ['many opcodes', pickle(']', '\x94'.repeat(400_000))],
    ['deep tuples', pickle(')', '\x85'.repeat(400_000))],
    ['many marks', pickle('('.repeat(400_000))],
  ])('whose pickle has %s is refused', async (_, bytes) => {
    expect(await refusal(archive(bytes))).toContain('longer than that of any model');
  });

  it('with a long name is refused without quoting all of it', async () => {
    const name = 'n'.repeat(60_000);
    expect((await refusal(archive(pickle(named('os', name))))).length).toBeLessThan(600);
    expect((await refusal(archive(tensorPickle({ storage: name })))).length).toBeLessThan(600);
  });

  it('is refused when it holds no dictionary, or one without tensors', async () => {
    expect(await refusal(archive(pickle(']')))).toContain('does not contain a dictionary of tensors');
    expect(await refusal(archive(pickle('}', text('a'), text('b'), 's')))).toContain('contains no tensors');
  });
});

describe('a zip file', () => {
  const entries = [
    ['archive/data.pkl', tensorPickle()],
    ['archive/data/0', floats],
  ] as const;

  it.each([
    [
      'an entry of 3 GB',
      storedZip(entries, { claimed: { 'archive/data/0': 3e9 } }),
      'should have 3000000000 bytes',
    ],
    [
      'a zip64 entry of 10 GB',
      storedZip(entries, { zip64: true, claimed: { 'archive/data/0': 1e10 } }),
      'should have 10000000000 bytes',
    ],
    ['compressed entries', storedZip(entries, { method: 8 }), 'is compressed'],
    ['encrypted entries', storedZip(entries, { flags: 1 }), 'is encrypted'],
    ['two entries of a name', storedZip([...entries, entries[1]]), 'two entries'],
    [
      'two pickles',
      storedZip([...entries, ['other/data.pkl', tensorPickle()]]),
      'not one of PyTorch weights',
    ],
    ['no pickle', storedZip([entries[1]]), 'not one of PyTorch weights'],
    ['big-endian numbers', storedZip([...entries, ['archive/byteorder', Buffer.from('big')]]), 'big-endian'],
  ])('with %s is refused', async (_, bytes, message) => {
    expect(await refusal(bytes)).toContain(message);
  });

  it('whose directory claims gigabytes is refused', async () => {
    const bytes = archive(tensorPickle());
    bytes.writeUInt32LE(3e9, bytes.length - 22 + 12);
    expect(await refusal(bytes)).toContain('Its directory should have 3000000000 bytes');
  });

  it('whose bytes were changed is refused by its checksum', async () => {
    const bytes = archive(tensorPickle());
    const place = bytes.indexOf(Buffer.from(floats));
    bytes[place] = (bytes[place] as number) ^ 1;
    expect(await refusal(bytes)).toContain('checksum');
  });
});

describe('a damaged file of either form', () => {
  it.each(['tricky.bin', 'tricky-legacy.bin'])('%s is refused wherever it is cut off', async (name) => {
    const bytes = await readFile(path.join(golden, name));
    for (let length = 0; length < bytes.length; length += 41) {
      expect(await refusal(bytes.subarray(0, length))).toMatch(/cannot be read|is empty/);
    }
  });

  it.each(['tricky.bin', 'tricky-legacy.bin'])(
    '%s with any byte changed gives values or a refusal',
    async (name) => {
      const original = await readFile(path.join(golden, name));
      const file = await written(original);
      await fc.assert(
        fc.asyncProperty(fc.nat(original.length - 1), fc.nat(255), async (place, byte) => {
          const bytes = Buffer.from(original);
          bytes[place] = byte;
          await writeFile(file, bytes);
          try {
            const weights = await readTorchFile(file);
            for (const key of weights.names) if (key !== 'counts') weights.tensor(key).toFloat32();
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        }),
      );
    },
  );

  it('of 10 GB is refused without being read to its end', async () => {
    const file = await sparse(10 * 2 ** 30, Buffer.alloc(8));
    const before = process.memoryUsage().rss;
    await expect(readSafetensors(file)).rejects.toThrow('header is not JSON');
    await expect(readTorchFile(file)).rejects.toThrow('not a PyTorch file');
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 29);
  });

  it('is refused when its safetensors header claims 10 GB, whether they are there or not', async () => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(10n * 2n ** 30n);
    await expect(readSafetensors(await sparse(64, length))).rejects.toThrow('should have 10737418240 bytes');
    await expect(readSafetensors(await sparse(11 * 2 ** 30, length))).rejects.toThrow('are allowed');
  });

  it('with a pickle of gigabytes is refused', async () => {
    const entries = [['archive/data.pkl', Buffer.alloc(2 ** 26 + 1)]] as const;
    expect(await refusal(storedZip(entries))).toContain('Its pickle has 67108865 bytes');
  });
});

describe('an index of several weight files', () => {
  it.each(['../secret.safetensors', '/etc/passwd', 'a/b.safetensors', '..', 'C:\\x', ''])(
    'that leads to "%s" is refused',
    async (shard) => {
      const folder = await temporaryFolder();
      const index = path.join(folder, 'model.safetensors.index.json');
      await writeFile(index, JSON.stringify({ weight_map: { weight: shard } }));
      await expect(readWeights(folder)).rejects.toThrow(UserError);
      await expect(readWeights(folder)).rejects.toThrow('outside this folder');
    },
  );

  it('that leads to a missing file, or to nothing, is refused', async () => {
    const folder = await temporaryFolder();
    const index = path.join(folder, 'model.safetensors.index.json');
    await writeFile(index, JSON.stringify({ weight_map: { weight: 'model-00001-of-00001.safetensors' } }));
    await expect(readWeights(folder)).rejects.toThrow('does not exist');
    await writeFile(index, '{}');
    await expect(readWeights(folder)).rejects.toThrow('no weight_map');
  });
});
