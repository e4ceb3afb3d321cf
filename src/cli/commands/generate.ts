import { type Command, Option } from 'commander';
import { loadProject } from '../../project/parseProject.ts';
import { readRunDescription } from '../../runs/serviceRun.ts';
import { namesAdvice, type NameSource, withChosenNames } from '../../generation/topics/chosenTopics.ts';
import { describeEstimate } from '../../llm/cost/describeEstimate.ts';
import { dollars } from '../../llm/cost/dollars.ts';
import { estimateRun } from '../../generation/run/estimateRun.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import { describeBalance } from '../../generation/balance/describeBalance.ts';
import { describeProgress, describeSpent } from '../../generation/run/describeProgress.ts';
import { describeDestination } from '../../llm/destination.ts';
import { generate, type GenerateOptions } from '../../generation/run/generate.ts';
import type { RunPlan } from '../../generation/plan/planRequest.ts';
import { planRun } from '../../generation/plan/planRun.ts';
import type { RunOptions } from '../../generation/run/openRun.ts';
import { writeRunReport } from '../../generation/balance/balanceReport.ts';
import { addHostConsent, agreeToHost } from '../consent.ts';
import { type CliContext, shownPath } from '../context.ts';
import { addBatchOptions, type BatchFlags, generateByBatches, isByBatches } from '../generateByBatches.ts';
import { commaList, positiveNumber, wholeNumber } from '../options.ts';
import { progressBar } from '../progressBar.ts';
import { allowIdentifiersText, scanPrompt } from '../promptScan.ts';
import { createWriter, keyVariable } from '../provider.ts';
import { relationsWanted } from '../relations.ts';
import { addSendingOptions, type SendingFlags, sendingOf } from '../sending.ts';

interface Options extends SendingFlags, BatchFlags {
  readonly task: 'ner' | 're';
  readonly provider: 'openai' | 'offline';
  readonly baseUrl?: string;
  readonly model?: string;
  readonly count?: number;
  readonly out: string;
  readonly seed: number;
  readonly names: NameSource;
  readonly relation?: readonly string[];
  readonly resume?: boolean;
  readonly dryRun?: boolean;
  readonly maxCost?: number;
  readonly yes?: boolean;
  readonly allowIdentifiers?: boolean;
  readonly project: string;
  readonly json?: boolean;
}

/** `chartmark generate --provider P --count N --out DIR`. */
export function registerGenerate(program: Command, context: CliContext): void {
  const command = program
    .command('generate')
    .description(
      'Write labelled synthetic text. Sends none of your notes; a language model is sent the prompt template, and from chartmark.json definitions, guidelines, examples, counter-examples, styles and names.',
    )
    .addOption(new Option('--task <task>', 'entities or relations').choices(['ner', 're']).default('ner'))
    .addOption(
      new Option(
        '--provider <provider>',
        'who writes: templates on this computer, or an OpenAI-compatible endpoint',
      )
        .choices(['offline', 'openai'])
        .default('offline'),
    )
    .option(
      '--relation <names>',
      'relations to write about, separated by commas; all of chartmark.json in turn when left out',
      commaList,
    )
    .option('--base-url <url>', `endpoint of the openai provider (its key: ${keyVariable})`)
    .option('--model <name>', 'model of the openai provider')
    .option('--count <n>', 'texts wanted', wholeNumber(1))
    .requiredOption('--out <folder>', "the run's folder")
    .option('--seed <n>', 'decides every draw', wholeNumber(0), 1)
    .addOption(
      new Option(
        '--names <source>',
        'names to write about: those of chartmark.json, or of the shipped lexicon',
      )
        .choices(['project', 'lexicon'])
        .default('project'),
    )
    .option('--resume', 'go on with the run in the folder')
    .option('--dry-run', 'say what would be asked of whom and what it would cost, and stop')
    .option('--max-cost <usd>', 'stop before the run could cost more than this', positiveNumber);
  addBatchOptions(addSendingOptions(addHostConsent(command)))
    .option('--allow-identifiers', allowIdentifiersText)
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action(async (options: Options) => {
      const relations = relationsWanted(options);
      const project = await loadProject(options.project);
      const isInFiles = isByBatches(options, options.provider);
      const provider = await createWriter(context, { ...options, isUnasked: isInFiles }, project);
      // Texts that were asked for in batches must not be too many because a later command leaves out how many.
      const begun = options.batchIn === undefined ? undefined : await readRunDescription(options.out);
      const count = options.count ?? begun?.count ?? project.generation.count;
      const wanted = {
        task: options.task,
        provider,
        project,
        count,
        seed: options.seed,
        ...relations,
      };
      const plan = await withChosenNames(wanted, options.names, context.resources);
      // A limit that cannot be kept is told before anything else is.
      const maxCostUsd = options.maxCost ?? project.generation.maxCostUsd;
      requirePrice(provider, project.generation.prices, maxCostUsd);
      const isGoneOnWith = options.resume === true || options.batchIn !== undefined;
      const inBatches = options.batchOut !== undefined;
      const estimate = await estimateRun({
        ...plan,
        inBatches,
        ...(isGoneOnWith ? { resume: options.out } : {}),
      });
      context.note(
        `${count} texts from ${provider.name} (${provider.model}), ${describeDestination(provider)}`,
      );
      for (const line of describeRelations(planRun(plan))) context.note(line);
      // What is only taken in asks for nothing.
      if (inBatches || !isInFiles || options.dryRun === true) {
        const mayGrow = inBatches ? '; what is refused is asked for by the next batches' : undefined;
        for (const line of describeEstimate(estimate, provider, mayGrow)) context.note(line);
      }
      if (!isGoneOnWith && provider.isRepeatable !== true) {
        const advice = await namesAdvice(plan, context.resources);
        if (advice !== undefined) context.note(advice);
      }
      if (maxCostUsd !== undefined) context.note(`Limit: ${dollars(maxCostUsd)}`);
      if (provider.name !== 'offline') scanPrompt(context, provider, { ...options, project });
      if (options.dryRun === true) {
        if (options.json === true) context.print(JSON.stringify({ dryRun: true, ...estimate }));
        return;
      }
      if (!isInFiles) await agreeToHost(context, provider, options, project, 'prompts');
      const run: RunOptions = {
        ...plan,
        out: options.out,
        resume: options.resume ?? false,
        askMissing: options.askMissing ?? false,
        ...(maxCostUsd === undefined ? {} : { maxCostUsd }),
      };
      const { result, more } = isInFiles
        ? await generateByBatches(context, options, run)
        : await generateLive(context, options, run);
      // Where nothing has come there is nothing to be told of.
      const hasCome = !isInFiles || options.batchIn !== undefined;
      const balance = hasCome ? await writeRunReport(options.out, planRun(plan)) : undefined;
      if (options.json === true) {
        context.print(JSON.stringify({ ...result, ...more, ...(hasCome ? { balance } : {}) }));
        return;
      }
      context.print(`${shownPath(result.folder)}: ${result.accepted} accepted, ${result.rejected} rejected`);
      for (const [reason, times] of Object.entries(result.rejectedByReason))
        context.print(`  ${reason}: ${times}`);
      if (balance !== undefined) for (const line of describeBalance(balance)) context.print(line);
      if (result.costUsd !== undefined) context.print(describeSpent(result.costUsd, result.unansweredUsd));
    });
}

/** Which relations a run is about. */
function describeRelations({ relations = [] }: RunPlan): readonly string[] {
  if (relations.length === 0) return [];
  const names = relations.map(({ name, head, tail }) => `${name} (${head}, ${tail})`).join(', ');
  return [relations.length === 1 ? `Relation: ${names}` : `Relations, as many texts of each: ${names}`];
}

async function generateLive(context: CliContext, options: Options, run: RunOptions) {
  const result = await generateWithBar(context, { ...run, sending: sendingOf(options) });
  const { outInBatches } = result;
  if (outInBatches > 0) {
    context.note(
      `${outInBatches} requests are out in batches: take their results in with --batch-in, or ask again with --ask-missing.`,
    );
  }
  return { result, more: { outInBatches } };
}

/** Generates with a live bar of accepted and rejected texts on standard error. */
export async function generateWithBar(context: CliContext, options: GenerateOptions) {
  const bar = progressBar(process.stderr, 'Generating');
  try {
    return await generate(options, {
      signal: context.signal,
      onProgress: (progress) => bar.update(progress.accepted / progress.wanted, describeProgress(progress)),
    });
  } finally {
    bar.finish();
  }
}
