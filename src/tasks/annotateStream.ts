import { createInterface } from 'node:readline';
import type { Document } from '../corpus/document.ts';
import { formatJsonl, parseJsonl } from '../corpus/jsonl.ts';
import { throwIfCancelled } from '../foundation/userError.ts';
import { annotateDocuments, type AnnotateHooks, type AnnotatingModels } from './annotate.ts';

/** Documents per call of the model: enough for full batches, few enough for quick answers. */
const chunkSize = 32;

/**
 * Annotates a JSONL stream: one document per line in, the same documents with the models' spans and relations out, in
 * order. Holds at most one chunk. Throws `UserError` naming an invalid line.
 */
export async function annotateStream(
  models: AnnotatingModels,
  { input, output }: { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream },
  hooks: AnnotateHooks,
): Promise<void> {
  let chunk: Document[] = [];
  const flush = async (): Promise<void> => {
    if (chunk.length === 0) return;
    const { documents } = await annotateDocuments(chunk, models, hooks);
    chunk = [];
    await write(output, formatJsonl(documents));
  };
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    throwIfCancelled(hooks.signal);
    line++;
    if (text.trim() === '') continue;
    chunk.push(...parseJsonl(text, { file: 'standard input', firstLine: line }));
    if (chunk.length >= chunkSize) await flush();
  }
  await flush();
}

function write(output: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
