import path from 'node:path';
import type { Document } from '../../corpus/document.ts';
import { withProgress } from '../progress.ts';
import type { Services } from '../services.ts';

/** The document with the mentions of a model, found in the child process. `name` is shown meanwhile. */
export async function runModel(
  { worker }: Services,
  model: string,
  document: Document,
  name: string,
): Promise<Document> {
  const title = `Annotating ${name} with ${path.basename(model)}`;
  const [annotated] = await withProgress(title, (signal, report) =>
    worker.annotate(
      { model, documents: [document] },
      { signal, onProgress: ({ fraction }) => report(`${Math.round(fraction * 100)} %`, fraction) },
    ),
  );
  if (annotated === undefined) throw new Error('The model process gave no document back.');
  return annotated;
}
