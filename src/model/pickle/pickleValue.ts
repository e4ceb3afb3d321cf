import type { Global } from './globals.ts';

/** A stretch of memory that tensors are views of; its bytes lie outside the pickle, under `key`. */
export interface Storage {
  readonly kind: 'storage';
  readonly dtype: string;
  readonly key: string;
  /** In elements. */
  readonly length: number;
}

/** A view of a storage: offset and strides in elements. */
export interface PickledTensor {
  readonly kind: 'tensor';
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

interface PickledTuple {
  readonly kind: 'tuple';
  readonly items: readonly PickleValue[];
}

/** What a pickle of tensors can hold. Dictionaries are maps, lists arrays. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickledTuple
  | Global
  | Storage
  | PickledTensor;

/** Tells the kind of a value that has one. */
export function isKind<K extends 'tuple' | 'function' | 'storage type' | 'storage' | 'tensor'>(
  value: PickleValue | undefined,
  kind: K,
): value is Extract<PickleValue, { readonly kind: K }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

/** How a pickle can be refused. Both make the error; it is thrown here. */
export interface Refusal {
  /** Damaged, or of a form that PyTorch does not write. */
  readonly damaged: (what: string) => Error;
  /** It names something of Python, `module.name`, that a dictionary of tensors does not need. */
  readonly foreign: (name: string) => Error;
}
