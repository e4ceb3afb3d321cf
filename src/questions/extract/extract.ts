import { digest } from '../../foundation/digest.ts';
import type { JsonObject } from '../../foundation/json.ts';
import { makePrivateFolder } from '../../foundation/privateFolder.ts';
import {
  askAll,
  type Answered,
  type AskingHooks,
  type AskingOptions,
  type Inquest,
} from '../engine/queryAll.ts';
import { askAbout, type ExtractTask } from './extractRequest.ts';
import { batchesOf, type Question, usualPerRequest } from '../engine/question.ts';
import { readMentions } from '../reading/readMentions.ts';
import { readRelations } from './readRelations.ts';
import { digestOfFiles, placeIn, type Source } from '../engine/sources.ts';

export interface ExtractOptions extends ExtractTask, AskingOptions {
  readonly questions: readonly Question[];
  /** Questions in one request at most; ten when absent. Small models need fewer. */
  readonly perRequest?: number;
  /** Where the questions come from; nowhere that has a name when absent. */
  readonly sources?: readonly Source[];
}

/** Asks a language model about given texts, as `askAll` does. Its folder holds sentences of them, for the user alone. */
export async function extract(options: ExtractOptions, hooks: AskingHooks = {}): Promise<Answered> {
  await makePrivateFolder(options.out);
  return askAll(inquestOf(options), options, hooks);
}

/** What an extraction asks. */
export function inquestOf(options: Parameters<typeof describeExtraction>[0]): Inquest<Question> {
  const { project, labels } = options;
  const batches = batchesOf(options.questions, options.perRequest);
  const { sources = [], task } = options;
  return {
    project,
    ...describeExtraction(options),
    batches,
    placeOf: (number) => placeIn(sources, number, task === 'ner' ? 'sentence' : 'pair'),
    compose: (batch, at) => askAbout(batch, options, at),
    read: (reply, batch) => {
      const pairs = batch.filter((question) => question.task === 're');
      if (pairs.length > 0) return readRelations(reply, pairs);
      const texts = batch.map(({ text }) => text);
      return readMentions(reply, texts, labels);
    },
  };
}

/**
 * The run's name, and what its run.json says: digests of the texts and of what is asked, so that only the same
 * run is gone on with. The same name means the same questions to the same model.
 */
export function describeExtraction({
  task,
  project,
  labels,
  provider,
  questions,
  perRequest = usualPerRequest,
  sources,
}: Pick<
  ExtractOptions,
  'task' | 'project' | 'labels' | 'provider' | 'questions' | 'perRequest' | 'sources'
>): {
  run: string;
  description: JsonObject;
} {
  const { entityTypes, relationTypes } = project;
  const settings = {
    task: `extract ${task}`,
    provider: provider.name,
    model: provider.model,
    destination: { ...provider.destination },
    labels: [...labels],
    settings: digest([entityTypes, relationTypes]),
    texts: digest(questions),
    perRequest,
  };
  // Not a part of what the run is: they say which of the texts were changed.
  const files = sources === undefined ? {} : { files: digestOfFiles(sources, questions, digest) };
  return { run: `extract-${task}-${digest(settings).slice(0, 8)}`, description: { ...settings, ...files } };
}
