import path from 'node:path';
import { fileExists } from '../foundation/readFiles.ts';
import type { Precision } from './folder.ts';

/** What the graph of each precision is called; other programs of Hugging Face's world look for the same names. */
export const graphNames = { fp32: 'model.onnx', int8: 'model_quantized.onnx' } as const;

/** Where exporters put the graph, in the order of looking. */
const folders = ['', 'onnx'];

/** The graph of a model folder; undefined for an encoder that was not trained here, which has only weights. */
export async function findGraph(folder: string, precision: Precision = 'fp32'): Promise<string | undefined> {
  for (const place of folders) {
    const file = path.join(folder, place, graphNames[precision]);
    if (await fileExists(file)) return file;
  }
  return undefined;
}
