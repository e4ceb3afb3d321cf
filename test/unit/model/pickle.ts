/** A pickle of protocol 2 from opcodes (text) and numbers (bytes). */
export function pickle(...parts: readonly (string | readonly number[])[]): Buffer {
  return Buffer.concat([
    Buffer.from([0x80, 2]),
    ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
    Buffer.from('.'),
  ]);
}

/** GLOBAL: something of Python by its name. */
export function named(module: string, name: string): string {
  return `c${module}\n${name}\n`;
}

/** BINUNICODE. */
export function text(value: string): string {
  return `X${String.fromCodePoint(value.length)}\0\0\0${value}`;
}

/** BININT. */
function integer(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return `J${bytes.toString('latin1')}`;
}

interface TinyTensor {
  readonly key?: string;
  /** Elements of the storage. */
  readonly length?: number;
  readonly offset?: number;
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
  readonly storage?: string;
}

/** A dictionary with one float tensor, `weight`, as PyTorch pickles it. */
export function tensorPickle(tensor: TinyTensor = {}): Buffer {
  const { key = '0', length = 4, offset = 0, shape = [2, 2], strides = [2, 1] } = tensor;
  const tuple = (numbers: readonly number[]): string => `(${numbers.map(integer).join('')}t`;
  return pickle(
    '}',
    text('weight'),
    named('torch._utils', '_rebuild_tensor_v2'),
    `((${text('storage')}${named('torch', tensor.storage ?? 'FloatStorage')}${text(key)}${text('cpu')}${integer(length)}tQ`,
    `${integer(offset)}${tuple(shape)}${tuple(strides)}\x89${named('collections', 'OrderedDict')})Rt`,
    'R',
    's',
  );
}
