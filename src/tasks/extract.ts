import type { Document } from '../corpus/document.ts';
import type { LocatedText } from '../corpus/locatedTexts.ts';
import { counted } from '../foundation/numbers.ts';
import { UserError } from '../foundation/userError.ts';
import type { SendingOptions } from '../llm/sending/sender.ts';
import { mentionTypes, type Project } from '../project/project.ts';
import type { QueryHooks, QueryResult } from '../questions/engine/queryAll.ts';
import {
  type DocumentQuestions,
  mentionQuestions,
  type Question,
  relationQuestions,
} from '../questions/extract/documentQuestions.ts';
import {
  describeExtraction,
  estimateExtraction,
  runExtraction,
  type Source,
} from '../questions/extract/runExtraction.ts';
import { Disclosure, type SendingTask } from './sending/consent.ts';
import { IdentifierScan } from './sending/identifierScan.ts';
import type { ModelChoice } from './sending/modelChoice.ts';

/** Texts that are sent to a model, and their result with its answers. */
export interface ExtractSubject<R> extends DocumentQuestions<Question, R | Promise<R>> {
  /** How many documents or relation rows. */
  readonly texts: number;
  /** The scan of all their words. */
  readonly identifiers: IdentifierScan;
  readonly sources?: readonly Source[];
}

interface ExtractInput<R> {
  /** Mentions, or relations between the mentions that the texts have. */
  readonly task: 'ner' | 're';
  readonly project: Project;
  readonly model: ModelChoice;
  readonly subject: ExtractSubject<R>;
  /** Names of the entity types to find; all that are tagged if undefined. */
  readonly types?: readonly string[] | undefined;
  /** Questions in one request at most. */
  readonly perRequest?: number | undefined;
  /** The folder of the ledger. The same questions to the same model give the same `run`. */
  readonly folderOf: (run: string) => string;
  /** Resumes what is in that folder. */
  readonly resume: boolean;
  /** In USD; it takes precedence over the project's limit. */
  readonly maxCostUsd?: number | undefined;
  readonly sending?: Partial<SendingOptions>;
}

export interface Extracted<R> extends Omit<QueryResult, 'answers'> {
  readonly found: R;
  /** The number of sentences or pairs that were sent. */
  readonly questions: number;
  /** The folder of the ledger. */
  readonly folder: string;
}

/** Prepares an extraction. Writes and sends nothing. Throws `UserError`. */
export async function prepareExtract<R>(
  input: ExtractInput<R>,
): Promise<SendingTask<'extract', Extracted<R>, QueryHooks>> {
  const { task, project, model, subject, resume, perRequest } = input;
  const { questions, sources } = subject;
  if (questions.length === 0) throw nothingToSend(task);
  const asked = {
    task,
    project,
    labels: labelsToFind(project, input.types),
    provider: model.info,
    questions,
    ...(perRequest === undefined ? {} : { perRequest }),
    ...(sources === undefined ? {} : { sources }),
  };
  const folder = input.folderOf(describeExtraction(asked).run);
  const place = { out: folder, resume };
  const texts = counted(subject.texts, 'text');
  const disclosure = new Disclosure({
    task: 'extract',
    model: model.info,
    wanted:
      task === 'ner'
        ? `mentions in ${counted(questions.length, 'sentence')} of ${texts}`
        : `relations of ${counted(questions.length, 'pair')} of mentions in ${texts}`,
    sends: 'own texts',
    sent:
      `Sent: ${task === 'ner' ? 'all words of the text' : 'the sentences of the pairs'}, and the definitions, guidelines, ` +
      'examples and counter-examples of the project.',
    estimate: await estimateExtraction({ ...asked, ...place }),
    mayGrow: '',
    maxCostUsd: input.maxCostUsd ?? project.generation.maxCostUsd,
    prices: project.generation.prices,
    identifiers: subject.identifiers.and(IdentifierScan.ofPrompt(project, { styles: false })),
  });
  return {
    disclosure,
    start: async (consent, hooks) => {
      consent.require(disclosure);
      const { maxCostUsd } = consent;
      const provider = await model.connect();
      const options = { ...asked, ...place, provider, maxCostUsd, sending: input.sending };
      const { answers, ...result } = await runExtraction(options, hooks);
      return { ...result, found: await subject.answered(answers), questions: questions.length, folder };
    },
  };
}

/** One document, and the document with what was found. `located` has its text. */
export function documentSubject(
  document: Document,
  {
    task,
    project,
    located,
  }: Pick<ExtractInput<Document>, 'task' | 'project'> & { readonly located: LocatedText },
): ExtractSubject<Document> {
  return {
    ...(task === 'ner' ? mentionQuestions(document) : relationQuestions(document, project)),
    texts: 1,
    identifiers: IdentifierScan.ofTexts([located]),
  };
}

/** Throws `UserError` if the project has no type of a name. */
function labelsToFind(project: Project, types: readonly string[] | undefined): readonly string[] {
  if (types === undefined) return mentionTypes(project).map(({ name }) => name);
  const known = project.entityTypes.map(({ name }) => name);
  const unknown = types.find((name) => !known.includes(name));
  if (unknown === undefined) return types;
  throw new UserError(`The project has no entity type "${unknown}".`, {
    nextStep: `Choose from ${known.join(', ')}.`,
  });
}

function nothingToSend(task: 'ner' | 're'): UserError {
  return task === 'ner'
    ? new UserError('The files contain no text.', { nextStep: 'Choose other files.' })
    : new UserError('No two mentions have the types of a relation of the project.', {
        nextStep: 'Annotate or extract the mentions first.',
      });
}
