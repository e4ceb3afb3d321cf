/** A length, or the name of a length that is known only when the model runs. */
export type OnnxDimension = number | string;

/** The element types of Chartmark's graphs, with the arrays for their values. */
interface OnnxArrays {
  float32: Float32Array;
  int64: BigInt64Array;
  int32: Int32Array;
  int8: Int8Array;
  uint8: Uint8Array;
  /** One byte each, 0 or 1. */
  bool: Uint8Array;
}

export type OnnxDtype = keyof OnnxArrays;

/** A named input or output of the graph. An empty shape is a scalar. */
export interface ValueInfo {
  readonly name: string;
  readonly dtype: OnnxDtype;
  readonly shape: readonly OnnxDimension[];
}

/** A constant in the model; `data` has the values of the shape in row-major order. */
export type OnnxTensor = {
  [D in OnnxDtype]: {
    readonly name: string;
    readonly dtype: D;
    readonly shape: readonly number[];
    readonly data: OnnxArrays[D];
  };
}[OnnxDtype];

/** An operator's setting. `int` and `ints` are safe integers. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly string: string };

/** One operator. An optional input that is left out is an empty name. */
export interface OnnxNode {
  readonly op: string;
  /** Absent for standard ONNX operators; `com.microsoft` for those of ONNX Runtime. */
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

/** A graph, with its nodes in an order in which they can run. */
export interface OnnxModel {
  readonly name: string;
  /** Version of the ONNX standard operators. */
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: readonly OnnxTensor[];
}
