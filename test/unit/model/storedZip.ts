import { crc32 } from 'node:zlib';

interface ZipOptions {
  /** Write sizes and offsets as zip64 does, whatever they are. */
  readonly zip64?: boolean;
  /** Sizes that the directory claims, by name. */
  readonly claimed?: Readonly<Record<string, number>>;
  readonly method?: number;
  readonly flags?: number;
}

/** A zip file of entries that are not compressed, in the form that `torch.save` has. */
export function storedZip(
  entries: readonly (readonly [name: string, data: Uint8Array])[],
  options: ZipOptions = {},
) {
  const { zip64 = false, claimed = {}, method = 0, flags = 0 } = options;
  const chunks: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of entries) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(name.length, 26);
    chunks.push(local, Buffer.from(name), Buffer.from(data));
    const size = claimed[name] ?? data.length;
    const extra = zip64 ? zip64Extra(size, offset) : Buffer.alloc(0);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc32(data), 16);
    entry.writeUInt32LE(zip64 ? 0xffff_ffff : size, 20);
    entry.writeUInt32LE(zip64 ? 0xffff_ffff : size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(zip64 ? 0xffff_ffff : offset, 42);
    directory.push(entry, Buffer.from(name), extra);
    offset += 30 + name.length + data.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(zip64 ? 0xffff : entries.length, 10);
  end.writeUInt32LE(zip64 ? 0xffff_ffff : listed.length, 12);
  end.writeUInt32LE(zip64 ? 0xffff_ffff : offset, 16);
  const middle = zip64 ? zip64End(entries.length, listed.length, offset) : Buffer.alloc(0);
  return Buffer.concat([...chunks, listed, middle, end]);
}

function zip64Extra(size: number, offset: number): Buffer {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1);
  extra.writeUInt16LE(24, 2);
  for (const [i, value] of [size, size, offset].entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i);
  return extra;
}

function zip64End(entries: number, size: number, start: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(start + size), 56 + 8);
  return record;
}
