import path from 'node:path';
import { fileExists } from '../foundation/readFiles.ts';
import type { Precision } from './folder.ts';

/** The graph's file name for each precision, as Chartmark and Hugging Face's own exports write them. */
export const graphNames = { fp32: 'model.onnx', int8: 'model_quantized.onnx' } as const;

/** The names of graphs with weights of 8 bits in exports of transformers.js, Optimum and Sentence Transformers. */
const eightBits: readonly string[] = [
  graphNames.int8,
  'model_int8.onnx',
  'model_uint8.onnx',
  'model_quint8_avx2.onnx',
  'model_qint8_avx512.onnx',
  'model_qint8_avx512_vnni.onnx',
  'model_qint8_arm64.onnx',
];

/** By precision. Without one, graphs of other precisions are last; ONNX Runtime runs them on a CPU too, but slower. */
const searched = {
  fp32: [graphNames.fp32],
  int8: eightBits,
  any: [
    graphNames.fp32,
    ...eightBits,
    'model_fp16.onnx',
    'model_q4.onnx',
    'model_bnb4.onnx',
    'model_q4f16.onnx',
  ],
} as const;

/** The subfolders where exporters put the graph, in search order. */
const folders = ['', 'onnx'];

/**
 * The graph of a model folder, of one precision or the best that is there; undefined if there is none, as for a base
 * encoder with only weights.
 */
export async function findGraph(folder: string, precision?: Precision): Promise<string | undefined> {
  for (const name of searched[precision ?? 'any']) {
    for (const place of folders) {
      const file = path.join(folder, place, name);
      if (await fileExists(file)) return file;
    }
  }
  return undefined;
}
