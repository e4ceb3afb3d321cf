import { type Command, Option } from 'commander';
import { counted } from '../../foundation/numbers.ts';
import { visibleJson } from '../../foundation/visibleText.ts';
import { describeBalance } from '../../generation/balance/describeBalance.ts';
import { describeSpent } from '../../generation/run/describeProgress.ts';
import { loadProject } from '../../project/parseProject.ts';
import { prepareGenerate } from '../../tasks/generate.ts';
import { addConsentOptions, askConsent, showDisclosure } from '../askConsent.ts';
import type { CliContext } from '../context.ts';
import { describeRunResult } from '../describeRunResult.ts';
import { addBatchOptions, generateByBatches, isByBatches } from '../generateByBatches.ts';
import type { GenerateFlags } from '../generateFlags.ts';
import { commaList, positiveNumber, wholeNumber } from '../options.ts';
import { nextSteps } from '../nextSteps.ts';
import { withRunBar } from '../runBar.ts';
import { chooseWriter, keyVariable } from '../modelChoice.ts';
import { relationsWanted } from '../relations.ts';
import { addSendingOptions, sendingOf } from '../sending.ts';

/** `chartmark generate --provider P --count N --out DIR`. */
export function registerGenerate(program: Command, context: CliContext): void {
  const command = program
    .command('generate')
    .description(
      'Write labelled synthetic text. Sends none of your notes. A language model is sent the prompt template, and the definitions, guidelines, examples, counter-examples, styles and topics of chartmark.json.',
    )
    .addOption(new Option('--task <task>', 'entities or relations').choices(['ner', 're']).default('ner'))
    .addOption(
      new Option(
        '--provider <provider>',
        'who writes the texts: templates on this computer, or an OpenAI-compatible endpoint',
      )
        .choices(['offline', 'openai'])
        .default('offline'),
    )
    .option(
      '--relation <names>',
      'relations to write about, separated by commas (default: all of chartmark.json, in turn)',
      commaList,
    )
    .option('--base-url <url>', `endpoint of the openai provider (its key: ${keyVariable})`)
    .option('--model <name>', 'model of the openai provider')
    .option('--count <n>', 'texts wanted', wholeNumber(1))
    .requiredOption('--out <folder>', "the run's folder")
    .option('--seed <n>', 'seed of all random draws', wholeNumber(0), 1)
    .addOption(
      new Option(
        '--topics <source>',
        'topics to write about: from chartmark.json, or from the bundled lexicon',
      )
        .choices(['project', 'lexicon'])
        .default('project'),
    )
    .addOption(new Option('--names <source>').choices(['project', 'lexicon']).hideHelp())
    .option('--resume', 'resume the run in the folder')
    .option('--dry-run', 'show what would be sent where and what it would cost, and stop')
    .option('--max-cost <usd>', 'stop before the cost of the run could exceed this', positiveNumber);
  addBatchOptions(addSendingOptions(addConsentOptions(command)))
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action((flags: GenerateFlags) =>
      isByBatches(flags, flags.provider) ? generateByBatches(context, flags) : generateLive(context, flags),
    );
}

async function generateLive(context: CliContext, flags: GenerateFlags): Promise<void> {
  const relations = relationsWanted(flags);
  const project = await loadProject(flags.project);
  const task = await prepareGenerate({
    task: flags.task,
    ...relations,
    count: flags.count ?? project.generation.count,
    seed: flags.seed,
    topicSource: flags.names ?? flags.topics,
    project,
    resources: context.resources,
    writer: await chooseWriter(context, flags, project),
    out: flags.out,
    resume: flags.resume ?? false,
    askMissing: flags.askMissing ?? false,
    maxCostUsd: flags.maxCost,
    sending: sendingOf(flags),
  });
  const { disclosure, advice } = task;
  showDisclosure(context, disclosure);
  if (advice !== undefined) context.note(`${advice} Use them with --topics lexicon.`);
  if (flags.dryRun === true) {
    if (flags.json === true) context.print(visibleJson({ dryRun: true, ...disclosure.estimate }));
    return;
  }
  const consent = await askConsent(context, disclosure, flags, project);
  const wasComplete = disclosure.estimate.texts === 0;
  const { result, balance } = await withRunBar((onProgress) =>
    task.start(consent, { signal: context.signal, onProgress }),
  );
  const { outInBatches } = result;
  if (flags.resume === true && wasComplete && outInBatches === 0) {
    context.note(
      `The run was complete: it already had ${counted(result.accepted, 'text')}. Nothing was requested. For more texts, give a higher --count.`,
    );
  }
  if (outInBatches > 0) {
    context.note(
      `${counted(outInBatches, 'request')} still in batches. Take in the results with --batch-in, or request them again with --ask-missing.`,
    );
  }
  if (flags.json === true) {
    context.print(visibleJson({ ...result, balance }));
    return;
  }
  for (const line of describeRunResult(result)) context.print(line);
  for (const line of describeBalance(balance)) context.print(line);
  if (result.costUsd !== undefined) context.print(describeSpent(result.costUsd, result.unansweredUsd));
  for (const line of nextSteps(flags.out, balance)) context.print(line);
}
