/** A tensor of a weight file. */
export interface WeightTensor {
  /** `F32`, `F16`, `BF16`, or another type by the name that the safetensors format gives it. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** The values in row-major order, in a new array. Throws `UserError` if the type is not a float. */
  toFloat32(): Float32Array;
}
