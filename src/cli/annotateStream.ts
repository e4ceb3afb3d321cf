import { createInterface } from 'node:readline';
import { formatJsonl, parseJsonl } from '../corpus/jsonl.ts';
import type { Document } from '../corpus/document.ts';
import { throwIfCancelled } from '../foundation/userError.ts';
import { type AnnotatorOptions, openAnnotator } from './annotator.ts';
import type { CliContext } from './context.ts';

/** Documents that go to the model together: enough for full batches, few enough to answer soon. */
const CHUNK = 32;

/**
 * Annotates a JSONL stream: a document a line in, the same documents with the model's spans or relations out, in order.
 * At most one chunk is held. Throws `UserError` naming the line of the stream that is no document.
 */
export async function annotateStream(
  context: CliContext,
  options: AnnotatorOptions,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> {
  const annotator = await openAnnotator(context, options);
  let chunk: Document[] = [];
  const flush = async (): Promise<void> => {
    if (chunk.length === 0) return;
    const annotated = await annotator.annotate(chunk);
    chunk = [];
    await write(output, formatJsonl(annotated));
  };
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    throwIfCancelled(context.signal);
    line++;
    if (text.trim() === '') continue;
    chunk.push(...parseJsonl(text, { file: 'standard input', firstLine: line }));
    if (chunk.length >= CHUNK) await flush();
  }
  await flush();
}

function write(output: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
