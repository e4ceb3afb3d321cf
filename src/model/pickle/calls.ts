import { isKind, type PickledTensor, type PickleValue, type Refusal, type Storage } from './pickleValue.ts';

/** The most dimensions of a tensor in PyTorch. */
const mostDimensions = 64;

/** The result that a function of PyTorch would return for its arguments. */
export function callFunction(callee: PickleValue, argument: PickleValue, refusal: Refusal): PickleValue {
  if (!isKind(callee, 'function') || !isKind(argument, 'tuple')) {
    throw refusal.damaged('Its pickle calls something that is not a function.');
  }
  const { items } = argument;
  switch (callee.makes) {
    case 'dictionary':
      return dictionary(items, refusal);
    case 'tensor':
      return tensor(items, refusal);
    case 'parameter': {
      const [data] = items;
      if (isKind(data, 'tensor')) return data;
      throw refusal.damaged('Its pickle has a parameter that is not a tensor.');
    }
  }
}

/**
 * `__setstate__`. The state of a dictionary of weights is ignored, because its attributes (`_metadata`, with the
 * versions of modules) do not affect the values. Nothing else may have a state.
 */
export function build(target: PickleValue | undefined, state: PickleValue, refusal: Refusal): void {
  if (target instanceof Map && state instanceof Map) return;
  throw refusal.damaged('Its pickle sets the state of something that is not a dictionary.');
}

/** `('storage', type, key, device, length)`; older files add a view, which is always `None`. */
export function persistent(id: PickleValue, refusal: Refusal): Storage {
  const [tag, type, key, , length, view] = isKind(id, 'tuple') ? id.items : [];
  const isStorage = tag === 'storage' && isKind(type, 'storage type') && typeof key === 'string';
  if (!isStorage || !isCount(length) || (view !== undefined && view !== null)) {
    throw refusal.damaged('Its pickle refers to something that is not a storage.');
  }
  if (!/^\w+$/.test(key)) {
    throw refusal.damaged(`Its pickle has a storage with the invalid name ${JSON.stringify(key)}.`);
  }
  return { kind: 'storage', dtype: type.dtype, key, length };
}

/** `OrderedDict()`, or with a list of pairs, as written by Python 2. */
function dictionary([pairs, ...rest]: readonly PickleValue[], refusal: Refusal): PickleValue {
  const list: readonly PickleValue[] | undefined =
    pairs === undefined ? [] : Array.isArray(pairs) ? pairs : undefined;
  if (list === undefined || rest.length > 0) throw refusal.damaged('Its pickle has an invalid dictionary.');
  const map = new Map<PickleValue, PickleValue>();
  for (const pair of list) {
    const items = isKind(pair, 'tuple') ? pair.items : Array.isArray(pair) ? pair : [];
    const [key, value] = items;
    if (key === undefined || value === undefined) {
      throw refusal.damaged('Its pickle has an invalid dictionary.');
    }
    map.set(key, value);
  }
  return map;
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks)`. */
function tensor([storage, offset, size, stride]: readonly PickleValue[], refusal: Refusal): PickledTensor {
  const shape = counts(size);
  const strides = counts(stride);
  if (!isKind(storage, 'storage') || !isCount(offset) || shape === undefined || strides === undefined) {
    throw refusal.damaged('Its pickle has an invalid tensor.');
  }
  if (shape.length !== strides.length || shape.length > mostDimensions) {
    throw refusal.damaged('Its pickle has a tensor whose shape and strides do not match.');
  }
  return { kind: 'tensor', storage, offset, shape, strides };
}

function counts(value: PickleValue | undefined): readonly number[] | undefined {
  const items = isKind(value, 'tuple') ? value.items : Array.isArray(value) ? value : undefined;
  return items?.every(isCount) === true ? items : undefined;
}

function isCount(value: PickleValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
