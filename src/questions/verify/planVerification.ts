import path from 'node:path';
import type { Document } from '../../corpus/document.ts';
import { digest } from '../../foundation/digest.ts';
import { UserError } from '../../foundation/userError.ts';
import type { ModelInfo } from '../../llm/provider.ts';
import type { Project } from '../../project/project.ts';
import { readLedgerState } from '../../runs/ledgerState.ts';
import { byPerson, lineKey, readDecisions } from '../../runs/review/decisions.ts';
import { readRunReview } from '../../runs/review/readRunReview.ts';
import type { ReviewText, RunReview } from '../../runs/review/reviewText.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { batchesOf, type QuestionSet } from '../engine/questionSet.ts';
import { findDoubts } from './findDoubts.ts';
import { type PlacedQuestion, readQuestions } from './questionFile.ts';
import { readVerdicts } from './readVerdicts.ts';
import { verifyRequest } from './verifyRequest.ts';

export interface VerifyWish {
  readonly folder: string;
  readonly project: Project;
  readonly provider: ModelInfo;
  /** Names of the types to check; all of the run if undefined. */
  readonly types?: readonly string[];
  /** The most texts to check, the most doubtful first; all if undefined. */
  readonly texts?: number;
  /** What a model finds in the same texts, by id or text. */
  readonly predictions?: readonly Document[];
  /** Texts in one request at most; ten if undefined. */
  readonly perRequest?: number;
}

export interface VerifyPlan {
  /** Accepted texts of the run. */
  readonly accepted: number;
  /** How many of them have predictions; undefined if no predictions were given. */
  readonly predicted?: number;
  /** How many of them are in doubt and were never reviewed by a person. */
  readonly doubtful: number;
  /** How many of those are checked, before and now. */
  readonly wanted: number;
  readonly labels: readonly string[];
  /** The model's name in its decisions. */
  readonly by: string;
  /** The folder of its ledger. */
  readonly out: string;
  /** All questions by request, those of earlier sittings first. */
  readonly batches: readonly (readonly PlacedQuestion[])[];
  readonly questionSet: QuestionSet<PlacedQuestion>;
}

/** Finds the texts to check. Writes and sends nothing. Throws `UserError`. */
export async function planVerification(wish: VerifyWish): Promise<VerifyPlan> {
  const { folder, project, provider, texts = Number.POSITIVE_INFINITY, predictions, perRequest } = wish;
  const review = await readRunReview(folder, project);
  const labels = labelsToVerify(review, project, wish.types);
  const { run, description } = describeVerification(wish, labels);
  const out = path.join(folder, runFiles.verify, run);
  const by = `verify ${provider.model}`;
  const { nextIndex } = await readLedgerState(path.join(out, runFiles.ledger), { isLookedAt: true });
  const sent = await readQuestions(out, nextIndex);
  const sentByKey = new Map(sent.flat().map((question) => [question.key, question]));
  const sentAbout = (text: ReviewText): PlacedQuestion | undefined => {
    const question = sentByKey.get(text.key);
    return question?.sha256 === text.sha256 ? question : undefined;
  };
  const accepted = review.texts.filter(({ now }) => now.isAccepted);
  const named = accepted.map((source) => {
    const { text, mentions } = source.now.tagged;
    // What this model changed itself raises no new doubts: the same command finds the same texts again.
    const question = source.reviewed?.by === by ? sentAbout(source) : undefined;
    return { id: source.id, text, mentions: question?.mentions ?? mentions, source };
  });
  const predicted = predictions === undefined ? undefined : countPredicted(named, predictions);
  const persons = await decidedByPersons(folder);
  const doubtful = findDoubts(named, labels, predictions).filter(({ text }) => !persons.has(text.source.key));
  const wanted = doubtful.slice(0, texts);
  const questions = wanted
    .filter(({ text: { source } }) => sentAbout(source) === undefined)
    .map(
      ({
        text: {
          text,
          mentions,
          source: { key, sha256 },
        },
        doubts,
      }): PlacedQuestion => {
        const own = mentions.filter(({ label }) => labels.includes(label));
        return { key, sha256, text, mentions: own, doubts: doubts.map(({ reason }) => reason) };
      },
    );
  const batches = [...sent, ...batchesOf(questions, perRequest)];
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

/** How many of the texts have predictions. Throws `UserError` if there are texts and none of them has one. */
function countPredicted(
  texts: readonly { readonly text: string }[],
  predictions: readonly Document[],
): number {
  const predicted = new Set(predictions.map(({ text }) => text));
  const count = texts.filter(({ text }) => predicted.has(text)).length;
  if (count > 0 || texts.length === 0) return count;
  throw new UserError('The predictions are for other texts: none of them belongs to this run.', {
    nextStep: `Annotate the folder of the run, and choose the ${runFiles.accepted} that this writes.`,
  });
}

/** Keys of the texts that a person has ever decided about, including undone decisions. */
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
    throw new UserError('Only labels of mentions can be checked, but this run is about relations.', {
      place: { file: folder },
      nextStep: 'Review the run instead.',
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

/** The same name means the same questions to the same model. Which texts they are about may grow. */
function describeVerification({ project, provider }: VerifyWish, labels: readonly string[]) {
  const types = project.entityTypes.filter(({ name }) => labels.includes(name));
  const settings = {
    task: 'verify' as const,
    provider: provider.name,
    model: provider.model,
    destination: { ...provider.destination },
    labels: [...labels],
    settings: digest(types),
  };
  const run = `verify-${digest(settings).slice(0, 8)}`;
  return { run, description: { run, ...settings } };
}
