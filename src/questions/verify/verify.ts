import { runFiles } from '../../runs/runFiles.ts';
import path from 'node:path';
import { queryAll, type QueryHooks } from '../engine/queryAll.ts';
import type { Reading } from '../engine/question.ts';
import { lockRun } from '../../runs/runLock.ts';
import { applyAnswers } from './applyAnswers.ts';
import { type PlacedQuestion, writeQuestions } from './askedTexts.ts';
import type { Changes } from './changes.ts';
import { planVerification, type VerifyOptions, type VerifyPlan } from './planVerification.ts';

/** What came of a verification, what earlier sittings of it brought included. */
export interface Verified {
  /** Texts that were asked about. */
  readonly asked: number;
  readonly kept: number;
  readonly relabelled: number;
  readonly changes: Changes;
  /** Texts without a usable answer, which stay as they are; and what could not be used, by reason. */
  readonly unanswered: number;
  readonly refusedByReason: Readonly<Record<string, number>>;
  /** Texts that somebody else has decided about since they were asked about; they stay as they are. */
  readonly decidedSince: number;
  readonly tokens?: { readonly input: number; readonly output: number };
  readonly costUsd?: number;
  readonly unansweredUsd?: number;
}

/**
 * Has a language model check the doubtful texts of a run, and writes what it changes into the run's review.
 * Every request and reply is on disk before it counts: the same call again asks for no reply that is there, and writes
 * no decision twice. Throws `UserError` or `CancelledError`; what was answered until then is in the review.
 */
export async function verify(options: VerifyOptions, hooks: QueryHooks = {}): Promise<Verified> {
  const { folder } = options;
  const unlock = await lockRun(path.resolve(folder, runFiles.lock));
  try {
    const plan = await planVerification(options);
    const questions = plan.batches.flat();
    if (questions.length === 0) return nothingAsked;
    await writeQuestions(plan.out, plan.batches);
    const { answers, ...asked } = await askPlanned(plan, options, hooks);
    const { crossing, ...applied } = await applyAnswers({ ...options, ...plan, questions, answers });
    const refusedByReason = {
      ...asked.refusedByReason,
      ...(crossing === 0 ? {} : { 'crosses-another': crossing }),
    };
    const unanswered = asked.unanswered + crossing;
    return { asked: questions.length, ...asked, ...applied, unanswered, refusedByReason };
  } finally {
    await unlock();
  }
}

const nothingAsked: Verified = {
  asked: 0,
  kept: 0,
  relabelled: 0,
  changes: { added: 0, removed: 0, boundary: 0, type: 0 },
  unanswered: 0,
  refusedByReason: {},
  decidedSince: 0,
};

/** Asks; when that ends early, what was answered in this sitting is applied all the same. */
async function askPlanned(plan: VerifyPlan, options: VerifyOptions, hooks: QueryHooks) {
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
