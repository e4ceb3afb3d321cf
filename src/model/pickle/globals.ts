/** Bytes and type of a storage's elements, by the class that PyTorch names. */
const storages: Readonly<Record<string, string>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
};

const functions: Readonly<Record<string, 'tensor' | 'parameter' | 'dictionary'>> = {
  'torch._utils._rebuild_tensor': 'tensor',
  'torch._utils._rebuild_tensor_v2': 'tensor',
  'torch._utils._rebuild_parameter': 'parameter',
  'collections.OrderedDict': 'dictionary',
};

/** Something of Python that a pickle names: here only a tag, there is nothing behind it to run. */
export type Global =
  | { readonly kind: 'function'; readonly makes: 'tensor' | 'parameter' | 'dictionary' }
  | { readonly kind: 'storage type'; readonly dtype: string };

/** What a dictionary of tensors needs of Python; nothing for anything else. */
export function knownGlobal(module: string, name: string): Global | undefined {
  const full = `${module}.${name}`;
  const makes = Object.hasOwn(functions, full) ? functions[full] : undefined;
  if (makes !== undefined) return { kind: 'function', makes };
  const dtype = module === 'torch' && Object.hasOwn(storages, name) ? storages[name] : undefined;
  return dtype === undefined ? undefined : { kind: 'storage type', dtype };
}
