import path from 'node:path';
import { readDocuments } from '../corpus/read.ts';
import { counted } from '../foundation/numbers.ts';
import type { SendingOptions } from '../llm/sending/sender.ts';
import { estimateQuestions } from '../questions/engine/estimateQuestions.ts';
import type { QueryHooks } from '../questions/engine/queryAll.ts';
import { planVerification, type VerifyPlan, type VerifyWish } from '../questions/verify/planVerification.ts';
import type { PlacedQuestion } from '../questions/verify/questionFile.ts';
import { runVerification, type Verified } from '../questions/verify/runVerification.ts';
import { runFiles } from '../runs/runFiles.ts';
import { newReading } from '../runs/runFolders.ts';
import { Disclosure, type SendingTask } from './sending/consent.ts';
import { IdentifierScan } from './sending/identifierScan.ts';
import type { ModelChoice } from './sending/modelChoice.ts';

interface CheckLabelsInput extends Omit<VerifyWish, 'provider' | 'predictions'> {
  readonly model: ModelChoice;
  /** A file of the same texts, annotated by a model of the user. */
  readonly predictions?: string;
  /** In USD; it takes precedence over the project's limit. */
  readonly maxCostUsd?: number | undefined;
  readonly sending?: Partial<SendingOptions>;
}

interface CheckLabelsTask extends SendingTask<'check labels', Verified, QueryHooks> {
  readonly plan: VerifyPlan;
}

/** Prepares a check of the doubtful labels of a run. Writes and sends nothing. Throws `UserError`. */
export async function prepareCheckLabels(input: CheckLabelsInput): Promise<CheckLabelsTask> {
  const { model, predictions, sending, maxCostUsd: limit, ...given } = input;
  const { project, folder } = given;
  const wish = {
    ...given,
    ...(predictions === undefined ? {} : { predictions: await readDocuments([predictions], newReading()) }),
  };
  const plan = await planVerification({ ...wish, provider: model.info });
  const { questionSet, out, doubtful, accepted, predicted } = plan;
  const { estimate, questions } = await estimateQuestions(questionSet, {
    provider: model.info,
    out,
    resume: true,
  });
  const disclosure = new Disclosure({
    task: 'check labels',
    model: model.info,
    wanted: `a check of the labels in ${counted(questions.length, 'text')}`,
    sends: 'synthetic texts',
    sent:
      'Sent: these texts of the run with their labels, the reasons for doubt, and the definitions, guidelines, examples and ' +
      'counter-examples of the project.',
    estimate,
    mayGrow: '',
    maxCostUsd: limit ?? project.generation.maxCostUsd,
    prices: project.generation.prices,
    identifiers: scanQuestions(folder, questions).and(IdentifierScan.ofPrompt(project, { styles: false })),
    notes: [
      `Texts with doubtful labels: ${doubtful} of ${accepted}.`,
      ...(predicted === undefined || predicted === accepted
        ? []
        : [`Only ${predicted} of them have predictions. The others are only compared with each other.`]),
    ],
  });
  return {
    disclosure,
    plan,
    start: async (consent, hooks) => {
      consent.require(disclosure);
      const { maxCostUsd } = consent;
      const provider = await model.connect();
      return runVerification({ ...wish, provider, maxCostUsd, sending }, hooks, plan);
    },
  };
}

/** The texts were judged when they were generated, but a review may have changed them since. */
function scanQuestions(folder: string, questions: readonly PlacedQuestion[]): IdentifierScan {
  return IdentifierScan.ofSynthetic(
    questions.map(({ key, text }) => {
      const [name, line] = key.split(':');
      const file = path.join(folder, name === 'rejected' ? runFiles.rejected : runFiles.accepted);
      return { file, text, lineAt: () => Number(line) };
    }),
  );
}
