import path from 'node:path';
import { checkDescription } from '../../runs/runDescription.ts';
import { runFiles } from '../../runs/runFiles.ts';
import type { Estimate } from '../../llm/cost/estimate.ts';
import { estimateQuestions, type EstimateOptions } from '../engine/estimateQuestions.ts';
import { digest } from '../../foundation/digest.ts';
import type { JsonObject } from '../../foundation/json.ts';
import { makePrivateFolder } from '../../foundation/privateFolder.ts';
import {
  queryAll,
  type QueryResult,
  type QueryHooks,
  type QueryOptions,
  type QuestionSet,
} from '../engine/queryAll.ts';
import { extractRequest, type ExtractTask } from './extractRequest.ts';
import { batchesOf, type Question, usualPerRequest } from '../engine/question.ts';
import { readMentions } from '../reading/readMentions.ts';
import { readRelations } from './readRelations.ts';
import { digestOfFiles, placeIn, type Source } from '../engine/sources.ts';

export interface ExtractOptions extends ExtractTask, QueryOptions {
  readonly questions: readonly Question[];
  /** Questions in one request at most; ten when absent. Small models need fewer. */
  readonly perRequest?: number;
  /** Where the questions come from; nowhere that has a name when absent. */
  readonly sources?: readonly Source[];
}

/** Asks a language model about given texts, as `queryAll` does. Its folder holds sentences of them, for the user alone. */
export async function extract(options: ExtractOptions, hooks: QueryHooks = {}): Promise<QueryResult> {
  await makePrivateFolder(options.out);
  return queryAll(extractQuestions(options), options, hooks);
}

/**
 * What an extraction is expected to take from now on. Writes and sends nothing. Throws `UserError`, also if the run
 * could not be begun or resumed.
 */
export async function estimateExtract(
  options: EstimateOptions &
    Pick<ExtractOptions, 'task' | 'project' | 'labels' | 'questions' | 'perRequest' | 'sources'>,
): Promise<Estimate> {
  const { out, resume = false } = options;
  const questions = extractQuestions(options);
  await checkDescription(path.join(out, runFiles.run), questions.description, resume);
  return estimateQuestions(questions, options);
}

/** What an extraction asks. */
function extractQuestions(options: Parameters<typeof describeExtraction>[0]): QuestionSet<Question> {
  const { project, labels } = options;
  const batches = batchesOf(options.questions, options.perRequest);
  const { sources = [], task } = options;
  return {
    project,
    ...describeExtraction(options),
    batches,
    placeOf: (number) => placeIn(sources, number, task === 'ner' ? 'sentence' : 'pair'),
    compose: (batch, at) => extractRequest(batch, options, at),
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
