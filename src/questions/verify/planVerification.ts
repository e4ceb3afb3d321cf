import { runFiles } from '../../runs/runFiles.ts';
import path from 'node:path';
import type { Document } from '../../corpus/document.ts';
import { byPerson, lineKey, readDecisions } from '../../runs/review/decisions.ts';
import { UserError } from '../../foundation/userError.ts';
import type { Project } from '../../project/project.ts';
import type { QueryOptions, QuestionSet } from '../engine/queryAll.ts';
import { digest } from '../../foundation/digest.ts';
import { batchesOf } from '../engine/question.ts';
import { readRunReview } from '../../runs/review/readRunReview.ts';
import type { ReviewText, RunReview } from '../../runs/review/reviewText.ts';
import { readLedgerState } from '../../runs/ledgerState.ts';
import { verifyRequest } from './verifyRequest.ts';
import { type PlacedQuestion, readAsked } from './askedTexts.ts';
import { findDoubts } from './findDoubts.ts';
import { readVerdicts } from './readVerdicts.ts';

export interface VerifyOptions extends Omit<QueryOptions, 'out' | 'resume'> {
  /** Of the run. */
  readonly folder: string;
  readonly project: Project;
  /** Names of the types that are checked; all of the run when absent. */
  readonly types?: readonly string[];
  /** Texts asked about at most, those with most doubts first; all when absent. */
  readonly texts?: number;
  /** What a model finds in the same texts, by id or text. */
  readonly predictions?: readonly Document[];
  /** Texts in one request at most; ten when absent. */
  readonly perRequest?: number;
}

export interface VerifyPlan {
  /** Accepted texts of the run. */
  readonly accepted: number;
  /** For how many of them the predictions that were given are. */
  readonly predicted?: number;
  /** Of them: those in doubt that no person has decided about. */
  readonly doubtful: number;
  /** Of those: what is asked about, before and now. */
  readonly wanted: number;
  readonly labels: readonly string[];
  /** As whom the model decides. */
  readonly by: string;
  /** The folder of its ledger. */
  readonly out: string;
  /** All questions by request, those that were asked before first. */
  readonly batches: readonly (readonly PlacedQuestion[])[];
  readonly questionSet: QuestionSet<PlacedQuestion>;
}

/** Hidden, so that nobody takes what lies there for data. */
const verifyFolder = '.verify';

/** Finds what is to be asked; neither writes nor sends anything. Throws `UserError`. */
export async function planVerification(options: VerifyOptions): Promise<VerifyPlan> {
  const { folder, project, provider, texts = Number.POSITIVE_INFINITY, predictions, perRequest } = options;
  const review = await readRunReview(folder, project);
  const labels = labelsToVerify(review, project, options.types);
  const { run, description } = describeVerification(options, labels);
  const out = path.join(folder, verifyFolder, run);
  const by = `verify ${provider.model}`;
  const { nextIndex } = await readLedgerState(path.join(out, runFiles.ledger), { isLookedAt: true });
  const asked = await readAsked(out, nextIndex);
  const askedByKey = new Map(asked.flat().map((question) => [question.key, question]));
  const before = (text: ReviewText): PlacedQuestion | undefined => {
    const question = askedByKey.get(text.key);
    return question?.sha256 === text.sha256 ? question : undefined;
  };
  const persons = await decidedByPersons(folder);
  const accepted = review.texts.filter(({ now }) => now.isAccepted);
  const named = accepted.map((source) => {
    const { text, mentions } = source.now.tagged;
    const question = source.reviewed?.by === by ? before(source) : undefined;
    // What this model changed itself raises no new doubts: the same command asks the same again.
    const base = question === undefined ? mentions : question.mentions;
    return { id: source.id, text, mentions: base, source };
  });
  const predicted = matched(named, predictions);
  const doubtful = findDoubts(named, labels, predictions).filter(({ text }) => !persons.has(text.source.key));
  const wanted = doubtful.slice(0, texts);
  const questions = wanted.flatMap(({ text: { text, mentions, source }, doubts }): PlacedQuestion[] =>
    before(source) === undefined
      ? [
          {
            key: source.key,
            sha256: source.sha256,
            text,
            mentions: mentions.filter(({ label }) => labels.includes(label)),
            doubts: doubts.map(({ reason }) => reason),
          },
        ]
      : [],
  );
  const batches = [...asked, ...batchesOf(questions, perRequest)];
  return {
    accepted: accepted.length,
    ...(predicted === undefined ? {} : { predicted }),
    doubtful: doubtful.length,
    wanted: wanted.length,
    labels,
    by,
    out,
    batches,
    questionSet: {
      project,
      run,
      description,
      batches,
      compose: (batch, at) => verifyRequest(batch, { project, labels }, at),
      read: (reply, batch) => readVerdicts(reply, batch, labels),
    },
  };
}

/** For how many of the texts there are predictions. Throws `UserError` when there are some, and none is for these texts. */
function matched(
  texts: readonly { readonly text: string }[],
  predictions: readonly Document[] | undefined,
): number | undefined {
  if (predictions === undefined) return undefined;
  const predicted = new Set(predictions.map(({ text }) => text));
  const count = texts.filter(({ text }) => predicted.has(text)).length;
  if (count > 0 || texts.length === 0) return count;
  throw new UserError('The predictions are for other texts: none of them is of this run.', {
    nextStep: 'Annotate the folder of the run, and name the accepted.jsonl that this writes.',
  });
}

/** The texts that a person has ever decided about, undoing included: theirs is the last word. */
export async function decidedByPersons(folder: string): Promise<ReadonlySet<string>> {
  const decisions = await readDecisions(path.join(folder, runFiles.review));
  return new Set(decisions.filter(({ by }) => by === byPerson).map(lineKey));
}

function labelsToVerify(
  { task, labels, folder }: RunReview,
  { entityTypes }: Project,
  types: readonly string[] | undefined,
): readonly string[] {
  if (task === 're') {
    throw new UserError('Only runs of texts with mentions can be verified, and this one has relations.', {
      place: { file: folder },
      nextStep: 'Review it instead.',
    });
  }
  const known = labels.filter((label) => entityTypes.some(({ name }) => name === label));
  const unknown = types?.find((type) => !known.includes(type));
  if (unknown === undefined && known.length > 0) {
    return types === undefined ? known : known.filter((label) => types.includes(label));
  }
  throw new UserError(
    unknown === undefined
      ? 'The project has none of the types that this run labels.'
      : `The run has no type "${unknown}" that chartmark.json defines.`,
    { nextStep: `The run labels ${labels.join(', ')}.` },
  );
}

/** The same name means the same questions to the same model; which texts it is asked about may grow. */
function describeVerification({ project, provider }: VerifyOptions, labels: readonly string[]) {
  const types = project.entityTypes.filter(({ name }) => labels.includes(name));
  const settings = {
    task: 'verify',
    provider: provider.name,
    model: provider.model,
    destination: { ...provider.destination },
    labels: [...labels],
    settings: digest(types),
  };
  const run = `verify-${digest(settings).slice(0, 8)}`;
  return { run, description: { run, ...settings } };
}
