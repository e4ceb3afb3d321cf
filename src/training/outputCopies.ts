import type { Tensor } from 'onnxruntime-node';

/**
 * Frees what a run returned. ONNX Runtime copies every output for JavaScript, even those it has written where
 * they were wanted: a set of all gradients a step, which would wait for the garbage collector. The tensors
 * hold nothing afterwards.
 */
export function freeCopies(outputs: Readonly<Record<string, Tensor>>): void {
  for (const { data } of Object.values(outputs)) {
    if (ArrayBuffer.isView(data) && data.buffer instanceof ArrayBuffer) data.buffer.transfer(0);
  }
}
