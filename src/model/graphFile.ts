import path from 'node:path';
import { fileExists } from '../foundation/readFiles.ts';
import type { Precision } from './folder.ts';

/** The graph's file name for each precision, as in Hugging Face's own exports. */
export const graphNames = { fp32: 'model.onnx', int8: 'model_quantized.onnx' } as const;

/** The subfolders where exporters put the graph, in search order. */
const folders = ['', 'onnx'];

/** The graph of a model folder; undefined if there is none, as for a base encoder with only weights. */
export async function findGraph(folder: string, precision: Precision = 'fp32'): Promise<string | undefined> {
  for (const place of folders) {
    const file = path.join(folder, place, graphNames[precision]);
    if (await fileExists(file)) return file;
  }
  return undefined;
}
