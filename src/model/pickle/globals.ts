/** The element type of a storage, by the name of its class in PyTorch. */
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

/** A Python function or class that a pickle names. This is only a tag: there is no code to run. */
export type Global =
  | { readonly kind: 'function'; readonly makes: 'tensor' | 'parameter' | 'dictionary' }
  | { readonly kind: 'storage type'; readonly dtype: string };

/** The function or class if a dictionary of tensors needs it, otherwise undefined. */
export function knownGlobal(module: string, name: string): Global | undefined {
  const full = `${module}.${name}`;
  const makes = Object.hasOwn(functions, full) ? functions[full] : undefined;
  if (makes !== undefined) return { kind: 'function', makes };
  const dtype = module === 'torch' && Object.hasOwn(storages, name) ? storages[name] : undefined;
  return dtype === undefined ? undefined : { kind: 'storage type', dtype };
}
