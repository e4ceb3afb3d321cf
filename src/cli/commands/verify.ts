import { runFolders } from '../../runs/runFolders.ts';
import { type Command, Option } from 'commander';
import { readDocuments } from '../../corpus/read.ts';
import { loadProject } from '../../project/parseProject.ts';
import { describeEstimate } from '../../llm/cost/describeEstimate.ts';
import { dollars } from '../../llm/cost/dollars.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import { describeSpent } from '../../generation/run/describeProgress.ts';
import { describeDestination } from '../../llm/destination.ts';
import { estimateQuestions } from '../../questions/engine/estimateQuestions.ts';
import { describeVerified } from '../../questions/verify/describeVerified.ts';
import {
  planVerification,
  type VerifyOptions,
  type VerifyPlan,
} from '../../questions/verify/planVerification.ts';
import { verify } from '../../questions/verify/verify.ts';
import { withAskingBar } from '../askingBar.ts';
import { agreeToSend } from '../consent.ts';
import type { CliContext } from '../context.ts';
import { commaList, defined, positiveNumber, wholeNumber } from '../options.ts';
import { allowIdentifiersText, scanPrompt } from '../promptScan.ts';
import { createProvider, keyVariable } from '../provider.ts';
import { addSendingOptions, type SendingFlags, sendingOf } from '../sending.ts';

interface Options extends SendingFlags {
  readonly provider: 'openai';
  readonly baseUrl?: string;
  readonly model?: string;
  readonly predictions?: string;
  readonly texts?: number;
  readonly types?: readonly string[];
  readonly perRequest?: number;
  readonly dryRun?: boolean;
  readonly maxCost?: number;
  readonly yes?: boolean;
  readonly allowIdentifiers?: boolean;
  readonly project: string;
  readonly json?: boolean;
}

/** `chartmark verify synthetic/RUN`: a language model checks the doubtful labels of a run. */
export function registerVerify(program: Command, context: CliContext): void {
  const command = program
    .command('verify')
    .description(
      'Have a language model check the doubtful labels of a synthetic run. Sends synthetic texts, after you agree.',
    )
    .argument('<run>', 'folder of the run')
    .addOption(
      new Option('--provider <provider>', 'an OpenAI-compatible endpoint')
        .choices(['openai'])
        .default('openai'),
    )
    .option('--base-url <url>', `endpoint (its key: ${keyVariable})`)
    .option('--model <name>', 'which language model')
    .option(
      '--predictions <file>',
      'the texts as a model of yours annotates them: what differs is in doubt, too',
    )
    .option('--texts <n>', 'ask about this many at most, the most doubtful ones', wholeNumber(1))
    .option('--types <types>', 'entity types to check, separated by commas (default: all)', commaList)
    .option('--per-request <n>', 'texts in one request at most (default: 10)', wholeNumber(1))
    .option('--dry-run', 'say what is in doubt, what would be sent where and what it would cost, and stop')
    .option('--max-cost <usd>', 'stop before it could cost more than this', positiveNumber)
    .option(
      '--yes',
      'you agree to the texts, and your key, going to whichever host --base-url or chartmark.json names',
    )
    .option('--allow-identifiers', allowIdentifiersText);
  addSendingOptions(command)
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action((folder: string, options: Options) => run(context, folder, options));
}

async function run(context: CliContext, folder: string, options: Options): Promise<void> {
  const { json = false, predictions } = options;
  const project = await loadProject(options.project);
  const provider = createProvider(options, project);
  // A limit that cannot be kept is told before anything else is.
  const maxCostUsd = options.maxCost ?? project.generation.maxCostUsd;
  requirePrice(provider, project.generation.prices, maxCostUsd);
  const asking: VerifyOptions = {
    folder,
    project,
    provider,
    sending: sendingOf(options),
    ...defined({
      maxCostUsd,
      types: options.types,
      texts: options.texts,
      perRequest: options.perRequest,
      predictions: predictions === undefined ? undefined : await readDocuments([predictions], runFolders),
    }),
  };
  const plan = await planVerification(asking);
  const estimate = await estimateQuestions(plan.questionSet, { provider, out: plan.out, resume: true });
  const { host } = provider.destination;
  context.note(
    `${plan.doubtful} of ${plan.accepted} texts are in doubt; ${estimate.texts} to be asked about of ` +
      `${provider.model}, ${describeDestination(provider)}`,
  );
  if (plan.predicted !== undefined && plan.predicted < plan.accepted) {
    context.note(
      `Only ${plan.predicted} of the texts have predictions; the others are compared with each other alone.`,
    );
  }
  if (estimate.requests > 0) {
    for (const line of describeEstimate(estimate, provider, '')) context.note(line);
    if (estimate.upToUsd !== undefined) context.note(`All of them at most ${dollars(estimate.upToUsd)}.`);
  }
  if (maxCostUsd !== undefined) context.note(`Limit: ${dollars(maxCostUsd)}`);
  const { dryRun = false, allowIdentifiers = false } = options;
  scanPrompt(context, provider, { project: { ...project, styles: [] }, dryRun, allowIdentifiers });
  if (dryRun) {
    printDoubts(context, plan, estimate, json);
    return;
  }
  if (estimate.requests > 0) {
    const agreed = options.yes === true ? host : undefined;
    await agreeToSend(context, provider, agreed, {
      texts: `${estimate.texts} synthetic texts with their labels`,
      option: '--yes',
    });
  }
  const verified = await withAskingBar(context, 'Verifying', (hooks) => verify(asking, hooks));
  if (json) {
    context.print(JSON.stringify(verified));
    return;
  }
  for (const line of describeVerified(verified)) context.print(line);
  if (verified.costUsd !== undefined) context.print(describeSpent(verified.costUsd, verified.unansweredUsd));
}

/** What is in doubt, place by place, what was asked about before included. */
function printDoubts(context: CliContext, { batches }: VerifyPlan, estimate: object, json: boolean): void {
  const texts = batches.flat().map(({ key, doubts }) => ({ place: key, doubts }));
  if (json) {
    context.print(JSON.stringify({ dryRun: true, ...estimate, doubts: texts }));
    return;
  }
  for (const { place, doubts } of texts) context.print(`${place}: ${doubts.join('; ')}`);
}
