import { digest } from '../../foundation/digest.ts';
import { UserError } from '../../foundation/userError.ts';
import { lockRun } from '../../runs/runLock.ts';
import { queryAll, type QueryHooks, type QueryOptions } from '../engine/queryAll.ts';
import type { Reading } from '../engine/questionSet.ts';
import { applyAnswers } from './applyAnswers.ts';
import { type Changes, noChanges } from './changes.ts';
import { planVerification, type VerifyPlan, type VerifyWish } from './planVerification.ts';
import { type PlacedQuestion, writeQuestions } from './questionFile.ts';

export type VerifyOptions = VerifyWish & Omit<QueryOptions, 'out' | 'resume'>;

/** The result of a verification, including its earlier sessions. */
export interface Verified {
  /** Texts that the model was sent. */
  readonly asked: number;
  readonly kept: number;
  readonly relabelled: number;
  readonly changes: Changes;
  /** Texts without a usable answer, which stay as they are. */
  readonly unanswered: number;
  /** How many parts of replies could not be used, by reason. */
  readonly refusedByReason: Readonly<Record<string, number>>;
  /** Texts that somebody else has decided about since they were sent; they stay as they are. */
  readonly decidedSince: number;
  readonly tokens?: { readonly input: number; readonly output: number };
  readonly costUsd?: number;
  readonly unansweredUsd?: number;
}

/**
 * Lets a language model check the doubtful texts of a run, and writes its changes into the run's review. If it is called
 * again, no reply is requested and no decision written twice. Sends nothing if the questions differ from `disclosed`. Throws
 * `UserError` or `CancelledError`; the answers until then are in the review.
 */
export async function runVerification(
  options: VerifyOptions,
  hooks: QueryHooks = {},
  disclosed?: Pick<VerifyPlan, 'batches'>,
): Promise<Verified> {
  const { folder } = options;
  const unlock = await lockRun(folder);
  try {
    const plan = await planVerification(options);
    if (disclosed !== undefined && digest(disclosed.batches) !== digest(plan.batches)) {
      throw new UserError('The run was changed after its texts were shown to you. Nothing was sent.', {
        place: { file: folder },
        nextStep: 'Start again.',
      });
    }
    const questions = plan.batches.flat();
    if (questions.length === 0) return nothingToCheck;
    await writeQuestions(plan.out, plan.batches);
    const { answers, ...queried } = await queryPlanned(plan, options, hooks);
    const { crossing, ...applied } = await applyAnswers({ ...options, ...plan, questions, answers });
    const refusedByReason = {
      ...queried.refusedByReason,
      ...(crossing === 0 ? {} : { 'crosses-another': crossing }),
    };
    const unanswered = queried.unanswered + crossing;
    return { asked: questions.length, ...queried, ...applied, unanswered, refusedByReason };
  } finally {
    await unlock();
  }
}

const nothingToCheck: Verified = {
  asked: 0,
  kept: 0,
  relabelled: 0,
  changes: noChanges,
  unanswered: 0,
  refusedByReason: {},
  decidedSince: 0,
};

/** Queries the model. If that fails, the answers of this session are applied before the error is thrown. */
async function queryPlanned(plan: VerifyPlan, options: VerifyOptions, hooks: QueryHooks) {
  const { questionSet, out } = plan;
  const read: { readonly questions: readonly PlacedQuestion[]; readonly answers: Reading['answers'] }[] = [];
  try {
    return await queryAll(
      {
        ...questionSet,
        read: (reply, questions) => {
          const reading = questionSet.read(reply, questions);
          read.push({ questions, answers: reading.answers });
          return reading;
        },
      },
      { ...options, out, resume: true },
      hooks,
    );
  } catch (error) {
    await applyAnswers({
      ...options,
      ...plan,
      questions: read.flatMap(({ questions }) => questions),
      answers: read.flatMap(({ answers }) => answers),
    });
    throw error;
  }
}
