import type { Command } from 'commander';
import { describeSpent } from '../../generation/run/describeProgress.ts';
import { loadProject } from '../../project/parseProject.ts';
import { describeVerified } from '../../questions/verify/describeVerified.ts';
import { prepareCheckLabels } from '../../tasks/checkLabels.ts';
import { addConsentOptions, askConsent, type ConsentFlags, showDisclosure } from '../askConsent.ts';
import type { CliContext } from '../context.ts';
import { addModelOptions, chooseModel, type ModelFlags } from '../modelChoice.ts';
import { commaList, defined, positiveNumber, wholeNumber } from '../options.ts';
import { withQueryBar } from '../queryBar.ts';
import { addSendingOptions, type SendingFlags, sendingOf } from '../sending.ts';
import { visibleJson } from '../../foundation/visibleText.ts';

interface Options extends SendingFlags, ConsentFlags, ModelFlags {
  readonly predictions?: string;
  readonly texts?: number;
  readonly types?: readonly string[];
  readonly perRequest?: number;
  readonly maxCost?: number;
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
    .argument('<run>', 'folder of the run');
  addModelOptions(command)
    .option(
      '--predictions <file>',
      'the same texts annotated by a model of yours: labels that differ are also checked',
    )
    .option('--texts <n>', 'check at most this many texts, the most doubtful first', wholeNumber(1))
    .option('--types <types>', 'entity types to check, separated by commas (default: all)', commaList)
    .option('--per-request <n>', 'maximum number of texts in a request (default: 10)', wholeNumber(1))
    .option(
      '--dry-run',
      'show the doubtful labels, what would be sent where and what it would cost, and stop',
    )
    .option('--max-cost <usd>', 'stop before the cost could exceed this', positiveNumber);
  addSendingOptions(addConsentOptions(command, 'synthetic texts'))
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action((folder: string, options: Options) => run(context, folder, options));
}

async function run(context: CliContext, folder: string, options: Options): Promise<void> {
  const { json = false, types, texts, perRequest, predictions } = options;
  const project = await loadProject(options.project);
  const { disclosure, plan, start } = await prepareCheckLabels({
    folder,
    project,
    model: await chooseModel(options, project),
    maxCostUsd: options.maxCost,
    sending: sendingOf(options),
    ...defined({ types, texts, perRequest, predictions }),
  });
  showDisclosure(context, disclosure);
  if (options.dryRun === true) {
    // Every place in doubt, also those of texts that were sent before.
    const doubts = plan.batches.flat().map(({ key, doubts: own }) => ({ place: key, doubts: own }));
    if (json) context.print(visibleJson({ dryRun: true, ...disclosure.estimate, doubts }));
    else for (const one of doubts) context.print(`${one.place}: ${one.doubts.join('; ')}`);
    return;
  }
  const consent = await askConsent(context, disclosure, options, project);
  const verified = await withQueryBar(context, 'Checking labels', (hooks) => start(consent, hooks));
  if (json) {
    context.print(visibleJson(verified));
    return;
  }
  for (const line of describeVerified(verified)) context.print(line);
  if (verified.costUsd !== undefined) context.print(describeSpent(verified.costUsd, verified.unansweredUsd));
}
