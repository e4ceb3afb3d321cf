import { chmod } from 'node:fs/promises';
import { digest } from '../../foundation/digest.ts';
import { asFileError } from '../../foundation/userError.ts';
import { checkResumable, type RunDescription } from '../../runs/runDescription.ts';
import {
  estimateQuestions,
  type EstimateOptions,
  type QuestionEstimate,
} from '../engine/estimateQuestions.ts';
import { queryAll, type QueryHooks, type QueryOptions, type QueryResult } from '../engine/queryAll.ts';
import { batchesOf, type QuestionSet, usualPerRequest } from '../engine/questionSet.ts';
import { readMentions } from '../reading/readMentions.ts';
import type { Question } from './documentQuestions.ts';
import { extractRequest, type ExtractTask } from './extractRequest.ts';
import { readRelations } from './readRelations.ts';
import { makeFolder } from '../../foundation/makeFolder.ts';

/** A file whose texts the questions are about, and how many of them; in the order of the questions. */
export interface Source {
  readonly file: string;
  readonly questions: number;
}

/** Which questions a model is to answer, and which model. */
export interface ExtractQuestions extends ExtractTask, Pick<EstimateOptions, 'provider'> {
  readonly questions: readonly Question[];
  /** Questions in one request at most; ten if undefined. Small models need fewer. */
  readonly perRequest?: number;
  /** Undefined if the questions are not about files. */
  readonly sources?: readonly Source[];
}

export type ExtractOptions = ExtractQuestions & QueryOptions;

/** Queries a language model about given texts, as `queryAll` does. Only the user can open the folder, which has their text. */
export async function runExtraction(options: ExtractOptions, hooks: QueryHooks = {}): Promise<QueryResult> {
  await makePrivateFolder(options.out);
  return queryAll(questionSet(options), options, hooks);
}

/**
 * What an extraction is expected to take from now on. Writes and sends nothing. Throws `UserError`, also if the run
 * could not be started or resumed.
 */
export async function estimateExtraction(
  options: ExtractQuestions & EstimateOptions,
): Promise<QuestionEstimate> {
  const set = questionSet(options);
  await checkResumable(options.out, set.description, options.resume ?? false);
  return (await estimateQuestions(set, options)).estimate;
}

function questionSet(options: ExtractQuestions): QuestionSet<Question> {
  const { project, labels, task, sources = [] } = options;
  return {
    project,
    ...describeExtraction(options),
    batches: batchesOf(options.questions, options.perRequest),
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
 * The run's name, and what its run.json says: digests of the texts and of what is asked about them, so that only the
 * same run is resumed. The same name means the same questions to the same model.
 */
export function describeExtraction({
  task,
  project: { entityTypes, relationTypes },
  labels,
  provider,
  questions,
  perRequest = usualPerRequest,
  sources,
}: ExtractQuestions): { readonly run: string; readonly description: RunDescription } {
  const settings = {
    task: `extract ${task}` as const,
    provider: provider.name,
    model: provider.model,
    destination: { ...provider.destination },
    labels: [...labels],
    settings: digest([entityTypes, relationTypes]),
    texts: digest(questions),
    perRequest,
  };
  // Files do not make it another run: they say which of the texts were changed.
  const files = sources === undefined ? {} : { files: digestsOfFiles(sources, questions) };
  return { run: `extract-${task}-${digest(settings).slice(0, 8)}`, description: { ...settings, ...files } };
}

/** The place of a question in words: `notes/a.txt, sentence 3`. */
function placeIn(sources: readonly Source[], number: number, unit: string): string | undefined {
  let first = 0;
  for (const { file, questions } of sources) {
    if (number < first + questions) return `${file}, ${unit} ${number - first + 1}`;
    first += questions;
  }
  return undefined;
}

/** A digest of the questions about each file. */
function digestsOfFiles(
  sources: readonly Source[],
  questions: readonly Question[],
): Readonly<Record<string, string>> {
  let first = 0;
  return Object.fromEntries(
    sources.map(({ file, questions: count }) => {
      first += count;
      return [file, digest(questions.slice(first - count, first))];
    }),
  );
}

/** Creates a folder, with its parents, that only the user can open. Throws `UserError`. */
async function makePrivateFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (error) {
    throw asFileError(error, folder);
  }
  // Windows and some file systems have no such modes.
  await chmod(folder, 0o700).catch(() => undefined);
}
