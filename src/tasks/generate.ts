import type { Balance } from '../generation/balance/balance.ts';
import { writeRunReport } from '../generation/balance/balanceReport.ts';
import type { RunPlan } from '../generation/plan/planRequest.ts';
import { planVersion, planVersionOf, type PlanVersion } from '../generation/plan/planVersion.ts';
import { type PlanOptions, planRun } from '../generation/plan/planRun.ts';
import { previewRequest } from '../generation/prompt/promptPreview.ts';
import { estimateRun } from '../generation/run/estimateRun.ts';
import { generate, type GenerateHooks, type GenerateResult } from '../generation/run/generateTexts.ts';
import { topicsAdvice, type TopicSource, withTopicsFrom } from '../generation/topics/chosenTopics.ts';
import type { SendingOptions } from '../llm/sending/sender.ts';
import type { Project } from '../project/project.ts';
import { findRunDescription } from '../runs/runDescription.ts';
import { Disclosure, type SendingTask } from './sending/consent.ts';
import { IdentifierScan } from './sending/identifierScan.ts';
import type { WriterChoice } from './sending/modelChoice.ts';

/** The texts to generate. */
export interface TextWish {
  readonly task: 'ner' | 're';
  /** Of a relation run: which relations; all of the project, in turn, if undefined. */
  readonly relations?: readonly string[];
  /** Accepted texts wanted. */
  readonly count: number;
  readonly seed: number;
  readonly topicSource: TopicSource;
}

export interface RunInput extends TextWish {
  readonly project: Project;
  /** The folder of the package, for the shipped lexicon. */
  readonly resources: string;
  /** The run's folder. */
  readonly out: string;
  /** Resumes the run in `out`, if there is one. */
  readonly resume: boolean;
  /** Requests again what batches brought no reply to. */
  readonly askMissing?: boolean;
  /** In USD; it takes precedence over the project's limit. */
  readonly maxCostUsd?: number | undefined;
}

interface GenerateInput extends RunInput {
  readonly writer: WriterChoice;
  readonly sending?: Partial<SendingOptions>;
}

/** The result of a run, and its comparison with the request. */
interface Generated {
  readonly result: GenerateResult;
  readonly balance: Balance;
}

interface GenerateTask extends SendingTask<'generate', Generated, GenerateHooks> {
  readonly plan: RunPlan;
  /** What a person should know about topics before a language model chooses them itself, if anything. */
  readonly advice: string | undefined;
}

/** Prepares a run, new or resumed. Writes and sends nothing. Throws `UserError`. */
export async function prepareGenerate(input: GenerateInput): Promise<GenerateTask> {
  const { project, resources, writer, out, resume, task } = input;
  const options = await planOptionsFor(input);
  const plan = planRun(options);
  const { info } = writer;
  const isOffline = info.isRepeatable === true;
  const disclosure = new Disclosure({
    task: 'generate',
    model: info,
    wanted: describeWish(plan),
    sends: 'prompts',
    sent: promptContents,
    estimate: await estimateRun({ ...options, provider: info, ...(resume ? { resume: out } : {}) }),
    mayGrow: '; more if many texts are rejected',
    maxCostUsd: input.maxCostUsd ?? project.generation.maxCostUsd,
    prices: project.generation.prices,
    identifiers: IdentifierScan.ofPrompt(project, isOffline ? {} : { template: task }),
    notes:
      writer.measure === undefined ? [] : [await writer.measure(previewRequest(plan, 0).request.messages)],
  });
  return {
    disclosure,
    plan,
    advice: resume || isOffline ? undefined : await topicsAdvice(options, resources),
    start: async (consent, hooks) => {
      consent.require(disclosure);
      const { maxCostUsd } = consent;
      const result = await generate(
        {
          ...options,
          provider: await writer.connect(),
          out,
          resume,
          askMissing: input.askMissing ?? false,
          ...(maxCostUsd === undefined ? {} : { maxCostUsd }),
          ...(input.sending === undefined ? {} : { sending: input.sending }),
        },
        hooks,
      );
      return { result, balance: await writeRunReport(out, plan) };
    },
  };
}

/** How the run in the folder `out` is planned, or is to be planned if it is new. Throws `UserError`. */
export async function planOptionsFor(input: Omit<RunInput, 'resume'>): Promise<PlanOptions> {
  const version = planVersionOf(await findRunDescription(input.out));
  return planOptionsOf({ ...input, version });
}

/** How a run is planned that is to write these texts. Throws `UserError`. */
export function planOptionsOf({
  task,
  project,
  relations,
  count,
  seed,
  topicSource,
  resources,
  version = planVersion,
}: Pick<RunInput, keyof TextWish | 'project' | 'resources'> & {
  readonly version?: PlanVersion;
}): Promise<PlanOptions> {
  const wish = { task, project, count, seed, version, ...(relations === undefined ? {} : { relations }) };
  return withTopicsFrom(wish, topicSource, resources);
}

/** What every prompt of a run may hold. */
export const promptContents =
  'Sent: the prompt template (from the prompts folder, if there is one), and the definitions, guidelines, examples, ' +
  'counter-examples, styles and topics of the project. No other text of this workspace.';

/** What a run is asked for: "100 sentences about the relation association (Gene, Disease)". */
export function describeWish({ task, count, relations = [] }: RunPlan): string {
  const texts = count === 1 ? '1 text' : `${count} texts`;
  if (task === 'ner') return `${texts} with marked mentions`;
  const names = relations.map(({ name, head, tail }) => `${name} (${head}, ${tail})`).join(', ');
  return relations.length === 1
    ? `${texts} about the relation ${names}`
    : `${texts}, in equal numbers about the relations ${names}`;
}
