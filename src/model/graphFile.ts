import { access } from 'node:fs/promises';
import path from 'node:path';

/** Where exporters put the graph, in the order of looking. */
const names = ['model.onnx', path.join('onnx', 'model.onnx')];

/** The graph of a model folder; nothing for an encoder that was not trained here, which has weights alone. */
export async function findGraph(folder: string): Promise<string | undefined> {
  for (const name of names) {
    const file = path.join(folder, name);
    const found = await access(file).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}
