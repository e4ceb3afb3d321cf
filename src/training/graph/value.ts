import type { OnnxDimension, OnnxDtype } from '../../model/onnx/graphTypes.ts';

/** A tensor in a graph; its numbers are known only when the graph runs. */
export interface Value {
  readonly dtype: OnnxDtype;
  readonly shape: readonly OnnxDimension[];
  /** Whether it depends on something that is trained. Only then is its gradient needed. */
  readonly differentiable: boolean;
}

/** The shape of an element-wise result (ONNX's multidirectional broadcasting). */
export function broadcastShape(
  left: readonly OnnxDimension[],
  right: readonly OnnxDimension[],
): readonly OnnxDimension[] {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, i) => {
    const a = left[left.length - rank + i] ?? 1;
    const b = right[right.length - rank + i] ?? 1;
    return a === 1 ? b : a;
  });
}

/** The last dimension, which must be a known length. */
export function lastLength(value: Value): number {
  const length = value.shape.at(-1);
  if (typeof length !== 'number')
    throw new RangeError(`shape [${value.shape.join(', ')}] does not end with a known length`);
  return length;
}
