import { type Command, Option } from 'commander';
import { counted } from '../../foundation/numbers.ts';
import { visibleJson } from '../../foundation/visibleText.ts';
import { describeQueries, describeSpent } from '../../generation/run/describeProgress.ts';
import { topicsFromLexicon } from '../../generation/topics/chosenTopics.ts';
import type { CollectedTopics } from '../../generation/topics/requestTopics.ts';
import { loadProject } from '../../project/parseProject.ts';
import { prepareCollectTopics, typesToCollect, writeTopics } from '../../tasks/collectTopics.ts';
import { addConsentOptions, askConsent, type ConsentFlags, showDisclosure } from '../askConsent.ts';
import { type CliContext, shownPath } from '../context.ts';
import { chooseModel, keyVariable, type ModelFlags } from '../modelChoice.ts';
import { commaList, positiveNumber, wholeNumber } from '../options.ts';
import { progressBar } from '../progressBar.ts';
import { addRateOptions, type SendingFlags, sendingOf } from '../sending.ts';

interface Flags extends SendingFlags, ConsentFlags, ModelFlags {
  readonly from: 'lexicon' | 'openai';
  readonly types?: readonly string[];
  readonly count: number;
  readonly seed: number;
  readonly run?: string;
  readonly maxCost?: number;
  readonly project: string;
  readonly write?: boolean;
}

/** `chartmark topics`: prints what belongs under "topics" in chartmark.json. */
export function registerTopics(program: Command, context: CliContext): void {
  const command = program
    .command('topics')
    .alias('seeds')
    .description(
      'Collect topics to write about, as JSON for "topics" in chartmark.json, or into it. Sends none of your notes. A language model is sent each type\'s definition, guideline, counter-examples and topics.',
    )
    .addOption(
      new Option('--from <source>', 'the bundled lexicon, or a language model')
        .choices(['lexicon', 'openai'])
        .default('lexicon'),
    )
    .option(
      '--types <types>',
      'entity types, separated by commas (default: all mention types of the project)',
      commaList,
    )
    .option('--count <n>', 'number of topics for each type', wholeNumber(1), 200)
    .option('--base-url <url>', `endpoint of the language model (its key: ${keyVariable})`)
    .option('--model <name>', 'which language model')
    .option('--seed <n>', 'seed of the random draws from the lexicon', wholeNumber(0), 1)
    .option(
      '--run <folder>',
      'folder for the replies of the language model, so that you pay for none of them twice (default: seeds)',
    )
    .option('--dry-run', 'show what would be sent where and what it would cost, and stop')
    .option('--max-cost <usd>', 'stop before the cost of the topics could exceed this', positiveNumber);
  addRateOptions(addConsentOptions(command))
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--write', 'add the topics to chartmark.json instead of printing them')
    .action((flags: Flags) => (flags.from === 'lexicon' ? fromLexicon : fromModel)(context, flags));
}

async function fromLexicon(
  context: CliContext,
  { types: names, count, seed, ...flags }: Flags,
): Promise<void> {
  const project = await loadProject(flags.project);
  const types = typesToCollect(project, names).map(({ name }) => name);
  const topics = await topicsFromLexicon(project, { types, count, seed }, context.resources);
  await show(context, flags, topics);
}

/** Prints topics, or adds them to chartmark.json. */
async function show(
  context: CliContext,
  { write = false, project }: Pick<Flags, 'write' | 'project'>,
  topics: CollectedTopics['topics'],
): Promise<void> {
  if (!write) {
    context.print(visibleJson(topics, 2));
    return;
  }
  const { file, added } = await writeTopics(project, topics);
  context.print(`${shownPath(file)}: ${counted(added, 'topic')} added`);
}

async function fromModel(context: CliContext, flags: Flags): Promise<void> {
  const project = await loadProject(flags.project);
  const { disclosure, out, start } = await prepareCollectTopics({
    project,
    folder: flags.project,
    types: typesToCollect(project, flags.types),
    count: flags.count,
    model: await chooseModel(flags, project),
    out: flags.run,
    maxCostUsd: flags.maxCost,
    sending: sendingOf(flags),
  });
  showDisclosure(context, disclosure);
  if (flags.dryRun === true) return;
  const consent = await askConsent(context, disclosure, flags, project);
  context.note(`Requests and replies are stored in ${shownPath(out)}.`);
  const bar = progressBar(process.stderr, 'Collecting');
  const collected = await start(consent, {
    signal: context.signal,
    onProgress: ({ type, topics, wanted, ...more }) =>
      bar.update(topics / wanted, describeQueries(`${topics} of ${wanted} topics for ${type}`, more)),
  }).finally(() => bar.finish());
  await report(context, collected, flags);
}

/** Prints or writes the topics, even if it stopped early, and then throws what stopped it. */
async function report(
  context: CliContext,
  { topics, costUsd, unansweredUsd, failure }: CollectedTopics,
  { count, ...flags }: Pick<Flags, 'count' | 'write' | 'project'>,
): Promise<void> {
  await show(context, flags, topics);
  if (costUsd !== undefined) context.note(describeSpent(costUsd, unansweredUsd));
  if (failure !== undefined) {
    context.note('It stopped early. Run the same command again to continue; no reply is paid for twice.');
    throw failure;
  }
  for (const [type, { length }] of Object.entries(topics)) {
    if (length < count) context.note(`${type}: ${counted(length, 'topic')}. The model found no more.`);
  }
}
