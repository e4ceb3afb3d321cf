import { overlap } from '../../corpus/ranges.ts';
import type { Project } from '../../project/project.ts';
import type { Answer } from '../engine/question.ts';
import { openDecisions } from '../../runs/review/decide.ts';
import { readRunReview } from '../../runs/review/readRunReview.ts';
import type { PlacedQuestion } from './askedTexts.ts';
import { addChanges, type Changes, changesBetween, isSameLabelling, noChanges } from './changes.ts';
import { decidedByPersons } from './planVerification.ts';

/** What became of the answers. */
export interface Applied {
  readonly kept: number;
  readonly relabelled: number;
  readonly changes: Changes;
  /** Texts whose labels were decided otherwise since they were asked about; they stay as they are. */
  readonly decidedSince: number;
  /** Answers that cross a mention of a type that was not asked about. */
  readonly crossing: number;
}

interface Answering {
  readonly folder: string;
  readonly project: Project;
  readonly by: string;
  readonly labels: readonly string[];
  readonly questions: readonly PlacedQuestion[];
  /** One for each question. */
  readonly answers: readonly (Answer | undefined)[];
}

/**
 * Writes answers that change labels as decisions into the run's review. What is there already is not written
 * again. The run's lock must be held. Throws `UserError`.
 */
export async function applyAnswers(answering: Answering): Promise<Applied> {
  const { folder, project, by, labels, questions, answers } = answering;
  // Read anew: a person may have decided while the model was asked.
  const review = await readRunReview(folder, project);
  const persons = await decidedByPersons(folder);
  const texts = new Map(review.texts.map((text) => [text.key, text]));
  const decisions = openDecisions(review, by);
  const applied = { kept: 0, relabelled: 0, changes: noChanges, decidedSince: 0, crossing: 0 };
  try {
    for (const [index, question] of questions.entries()) {
      const answer = answers[index];
      if (answer === undefined) continue;
      if (isSameLabelling(question.mentions, answer.mentions)) {
        applied.kept++;
        continue;
      }
      const text = texts.get(question.key);
      const { mentions = [] } = text?.now.tagged ?? {};
      const own = mentions.filter(({ label }) => labels.includes(label));
      const isThere = isSameLabelling(own, answer.mentions);
      const isAsAsked = isSameLabelling(own, question.mentions);
      if (
        text === undefined ||
        text.sha256 !== question.sha256 ||
        !text.now.isAccepted ||
        persons.has(text.key) ||
        !(isThere || isAsAsked)
      ) {
        applied.decidedSince++;
        continue;
      }
      const others = mentions.filter(({ label }) => !labels.includes(label));
      if (others.some((a) => answer.mentions.some((b) => overlap(a, b)))) {
        applied.crossing++;
        continue;
      }
      if (!isThere) {
        const all = [...others, ...answer.mentions].sort((a, b) => a.start - b.start);
        await decisions.decide(text, { kind: 'edit', tagged: { text: question.text, mentions: all } });
      }
      applied.relabelled++;
      applied.changes = addChanges(applied.changes, changesBetween(question.mentions, answer.mentions));
    }
  } finally {
    await decisions.close();
  }
  return applied;
}
