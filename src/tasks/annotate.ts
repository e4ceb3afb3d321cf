import type { Document } from '../corpus/document.ts';
import { type Precision, readModelTask } from '../model/folder.ts';
import type { RelatedDocuments } from '../model/relateMentions.ts';
import type { WorkerClient } from '../process/client.ts';

/** The models that annotate. Without a model for mentions, the mentions of the documents are kept. */
export interface AnnotatingModels {
  /** Folder of the model that finds mentions. */
  readonly mentions?: string | undefined;
  /** Folder of the model that finds relations between them. */
  readonly relations?: string | undefined;
  /** Largest number of consecutive sentences that a pair may span; as in training if undefined. */
  readonly window?: number | undefined;
  /** The precision of the weights; if undefined, the one in the models' records. */
  readonly precision?: Precision | undefined;
  /** Its chartmark.json names the relation types, for a model whose record names none. */
  readonly projectFolder: string;
}

/** The task of `model`, and the models to annotate with. `entities` finds mentions for a relation model. Throws `UserError`. */
export async function modelsOf({
  model,
  entities,
  ...rest
}: Omit<AnnotatingModels, 'mentions' | 'relations'> & {
  readonly model: string;
  readonly entities?: string | undefined;
}): Promise<{ readonly task: 'ner' | 're'; readonly models: AnnotatingModels }> {
  const task = await readModelTask(model);
  const models = task === 'ner' ? { mentions: model } : { mentions: entities, relations: model };
  return { task, models: { ...rest, ...models } };
}

export interface AnnotateHooks {
  readonly worker: Pick<WorkerClient, 'annotate' | 'relate'>;
  readonly signal: AbortSignal;
  /** `fraction` of the step, in [0, 1]. */
  readonly onProgress?: (step: 'mentions' | 'relations', fraction: number) => void;
}

/** Annotates documents with local models. Sends and writes nothing. Throws `UserError`, `CancelledError`. */
export async function annotateDocuments(
  given: readonly Document[],
  { mentions, relations, window, precision, projectFolder }: AnnotatingModels,
  { worker, signal, onProgress }: AnnotateHooks,
): Promise<RelatedDocuments> {
  const weights = precision === undefined ? {} : { precision };
  const hooks = (step: 'mentions' | 'relations') => ({
    signal,
    onProgress: ({ fraction }: { readonly fraction: number }) => onProgress?.(step, fraction),
  });
  const documents =
    mentions === undefined
      ? given
      : await worker.annotate({ model: mentions, documents: given, ...weights }, hooks('mentions'));
  if (relations === undefined) return { documents, pairs: 0 };
  const job = { model: relations, documents, projectFolder, ...weights };
  return worker.relate(window === undefined ? job : { ...job, window }, hooks('relations'));
}
