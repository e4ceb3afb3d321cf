import { overlap } from '../../corpus/document.ts';
import type { Mention } from '../../corpus/tagged/inlineTags.ts';
import type { Project } from '../../project/project.ts';
import { openDecisions } from '../../runs/review/decide.ts';
import { readRunReview } from '../../runs/review/readRunReview.ts';
import type { ReviewText } from '../../runs/review/reviewText.ts';
import type { Answer } from '../engine/questionSet.ts';
import { addChanges, type Changes, changesBetween, isSameLabelling, noChanges } from './changes.ts';
import { decidedByPersons } from './planVerification.ts';
import type { PlacedQuestion } from './questionFile.ts';

interface Applied {
  readonly kept: number;
  readonly relabelled: number;
  readonly changes: Changes;
  /** Texts that were reviewed since they were sent. They are not changed. */
  readonly decidedSince: number;
  /** Answers that overlap a mention of a type that was not checked. */
  readonly crossing: number;
}

interface Answering {
  readonly folder: string;
  readonly project: Project;
  /** The model's name in its decisions. */
  readonly by: string;
  /** The types that were checked. */
  readonly labels: readonly string[];
  readonly questions: readonly PlacedQuestion[];
  /** One for each question. */
  readonly answers: readonly (Answer | undefined)[];
}

/** Writes answers that change labels into the run's review, each once. The run must be locked. Throws `UserError`. */
export async function applyAnswers(answering: Answering): Promise<Applied> {
  const { folder, project, by, questions, answers } = answering;
  // Read again, because a person may have decided while the model was queried.
  const review = await readRunReview(folder, project);
  const persons = await decidedByPersons(folder);
  const texts = new Map(review.texts.map((text) => [text.key, text]));
  const decisions = openDecisions(review, by);
  const applied = { kept: 0, relabelled: 0, changes: noChanges, decidedSince: 0, crossing: 0 };
  try {
    for (const [index, question] of questions.entries()) {
      const answer = answers[index];
      if (answer === undefined) continue;
      const text = persons.has(question.key) ? undefined : texts.get(question.key);
      const outcome = outcomeOf(question, answer, text, answering.labels);
      applied[outcome.kind]++;
      if (outcome.kind !== 'relabelled') continue;
      applied.changes = addChanges(applied.changes, changesBetween(question.mentions, answer.mentions));
      if (outcome.edit === undefined) continue;
      const { edit } = outcome;
      const tagged = { text: question.text, mentions: edit.mentions };
      await decisions.decide(edit.text, { kind: 'edit', tagged });
    }
  } finally {
    await decisions.close();
  }
  return applied;
}

type Outcome =
  | { readonly kind: 'kept' | 'decidedSince' | 'crossing' }
  | {
      readonly kind: 'relabelled';
      /** All mentions that the text gets; undefined if it has them already. */
      readonly edit?: { readonly text: ReviewText; readonly mentions: readonly Mention[] };
    };

/** The effect of an answer. `text`: the text in its current state; undefined if a person has decided about it. */
function outcomeOf(
  question: PlacedQuestion,
  answer: Answer,
  text: ReviewText | undefined,
  labels: readonly string[],
): Outcome {
  if (isSameLabelling(question.mentions, answer.mentions)) return { kind: 'kept' };
  if (text === undefined || text.sha256 !== question.sha256 || !text.now.isAccepted) {
    return { kind: 'decidedSince' };
  }
  const { mentions } = text.now.tagged;
  const own = mentions.filter(({ label }) => labels.includes(label));
  const isThere = isSameLabelling(own, answer.mentions);
  if (!isThere && !isSameLabelling(own, question.mentions)) return { kind: 'decidedSince' };
  const others = mentions.filter(({ label }) => !labels.includes(label));
  if (others.some((a) => answer.mentions.some((b) => overlap(a, b)))) return { kind: 'crossing' };
  if (isThere) return { kind: 'relabelled' };
  const all = [...others, ...answer.mentions].sort((a, b) => a.start - b.start);
  return { kind: 'relabelled', edit: { text, mentions: all } };
}
