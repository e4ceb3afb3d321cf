import type { Global } from './globals.ts';

/** A block of memory that tensors are views of; its bytes are outside the pickle, under `key`. */
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

/** A value in a pickle of tensors. Dictionaries become maps, lists become arrays. */
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

export function isKind<K extends 'tuple' | 'function' | 'storage type' | 'storage' | 'tensor'>(
  value: PickleValue | undefined,
  kind: K,
): value is Extract<PickleValue, { readonly kind: K }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

/** Makes the errors for pickles that are refused. */
export interface Refusal {
  /** The pickle is damaged or was not written by PyTorch. */
  readonly damaged: (what: string) => Error;
  /** The pickle names a Python object, `module.name`, that a dictionary of tensors does not need. */
  readonly foreign: (name: string) => Error;
}
