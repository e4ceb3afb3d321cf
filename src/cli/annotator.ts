import type { Document } from '../corpus/document.ts';
import { readModelTask } from '../model/folder.ts';
import type { Precision } from '../model/folder.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './exit.ts';

export interface AnnotatorOptions {
  /** Model folder: of mentions or of relations. */
  readonly model: string;
  /** Of a relation model: the folder of the model that finds the mentions; those of the documents when absent. */
  readonly entities?: string;
  /** Of a relation model: most sentences in a row that a pair may spread over; as it was trained when absent. */
  readonly relationWindow?: number;
  /** Of the weights of the models; as their records say when absent. */
  readonly precision?: Precision;
  /** Folder of chartmark.json; the current one when absent. */
  readonly project?: string;
}

/** Puts what a model finds into documents. */
export interface Annotator {
  readonly task: 'ner' | 're';
  annotate(documents: readonly Document[]): Promise<readonly Document[]>;
  /** Pairs of mentions that were judged so far. */
  pairs(): number;
}

/** Throws `UserError` when a model cannot be read, `UsageError` for options that are not of its task. */
export async function openAnnotator(context: CliContext, options: AnnotatorOptions): Promise<Annotator> {
  const { worker, signal } = context;
  const { model, entities, relationWindow, project = '.' } = options;
  const precision = options.precision === undefined ? {} : { precision: options.precision };
  const task = await readModelTask(model);
  if (task === 'ner') {
    if (entities !== undefined || relationWindow !== undefined) {
      throw new UsageError(
        'The model finds mentions; --entities and --relation-window are for one of relations.',
      );
    }
    return {
      task,
      annotate: (documents) => worker.annotate({ model, documents, ...precision }, { signal }),
      pairs: () => 0,
    };
  }
  const window = relationWindow === undefined ? {} : { window: relationWindow };
  let judged = 0;
  return {
    task,
    async annotate(given) {
      const documents =
        entities === undefined
          ? given
          : await worker.annotate({ model: entities, documents: given, ...precision }, { signal });
      const job = { model, documents, projectFolder: project, ...window, ...precision };
      const related = await worker.relate(job, { signal });
      judged += related.pairs;
      return related.documents;
    },
    pairs: () => judged,
  };
}
