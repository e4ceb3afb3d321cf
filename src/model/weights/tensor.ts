/** A file of tensors. */
export interface WeightFile {
  readonly names: readonly string[];
  /** Throws `UserError` if there is no tensor of that name. */
  tensor(name: string): WeightTensor;
}

export interface WeightTensor {
  /** `F32`, `F16`, `BF16`, or another type name of the safetensors format. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** The values in row-major order, in a new array. Throws `UserError` if the type is not a float. */
  toFloat32(): Float32Array;
}
