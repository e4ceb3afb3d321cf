import type { OnnxDimension, OnnxDtype } from '../../model/onnx/graphTypes.ts';

/** What flows along an edge of the graph: a tensor whose numbers are known only when the graph runs. */
export interface Value {
  readonly dtype: OnnxDtype;
  readonly shape: readonly OnnxDimension[];
  /** Whether it depends on something that is trained: only then is a gradient worth computing. */
  readonly differentiable: boolean;
}

/** Shape of two values combined element by element (ONNX's multidirectional broadcasting). */
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
  if (typeof length !== 'number') throw new RangeError(`shape [${value.shape.join(', ')}] ends in no length`);
  return length;
}
