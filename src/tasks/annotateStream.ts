import { createInterface } from 'node:readline';
import type { Document } from '../corpus/document.ts';
import { formatJsonl, parseJsonl } from '../corpus/jsonl.ts';
import { asFileError, throwIfCancelled } from '../foundation/userError.ts';
import { annotateDocuments, type AnnotateHooks, type AnnotatingModels } from './annotate.ts';

/** Documents per call of the model: enough for full batches, few enough for quick answers. */
const chunkSize = 32;

/**
 * Annotates a JSONL stream: one document per line in, the same documents with the models' spans and relations out, in
 * order, until nobody reads them. Holds at most one chunk. Throws `UserError` naming an invalid line.
 */
export async function annotateStream(
  models: AnnotatingModels,
  { input, output }: { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream },
  hooks: AnnotateHooks,
): Promise<void> {
  let chunk: Document[] = [];
  let isRead = true;
  const flush = async (): Promise<void> => {
    if (chunk.length === 0) return;
    const { documents } = await annotateDocuments(chunk, models, hooks);
    chunk = [];
    isRead = await write(output, formatJsonl(documents));
  };
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    throwIfCancelled(hooks.signal);
    line++;
    if (text.trim() === '') continue;
    chunk.push(...parseJsonl(text, { file: 'standard input', firstLine: line }));
    if (chunk.length >= chunkSize) await flush();
    if (!isRead) break;
  }
  await flush();
}

/** False if nobody reads the output any more (`chartmark annotate - | head`). Throws `UserError`. */
function write(output: NodeJS.WritableStream, text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => {
      if (error === null || error === undefined) resolve(true);
      else if ('code' in error && error.code === 'EPIPE') resolve(false);
      else reject(asFileError(error, 'standard output'));
    });
  });
}
