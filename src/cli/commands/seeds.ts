import path from 'node:path';
import { type Command, Option } from 'commander';
import { UserError } from '../../foundation/userError.ts';
import { loadProject } from '../../project/parseProject.ts';
import { type EntityType, mentionTypes, type Project } from '../../project/project.ts';
import { lexiconNames } from '../../generation/topics/chosenTopics.ts';
import { type CollectedTopics, collectTopics } from '../../generation/topics/collectTopics.ts';
import { describeEstimate } from '../../llm/cost/describeEstimate.ts';
import { dollars } from '../../llm/cost/dollars.ts';
import { estimateTopics } from '../../generation/topics/estimateTopics.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import { describeAsking, describeSpent } from '../../generation/run/describeProgress.ts';
import { describeDestination } from '../../llm/destination.ts';
import { addHostConsent, agreeToHost } from '../consent.ts';
import { type CliContext, shownPath } from '../context.ts';
import { commaList, positiveNumber, wholeNumber } from '../options.ts';
import { progressBar } from '../progressBar.ts';
import { allowIdentifiersText, scanPrompt } from '../promptScan.ts';
import { createProvider, keyVariable } from '../provider.ts';
import { addRateOptions, type SendingFlags, sendingOf } from '../sending.ts';

interface Options extends SendingFlags {
  readonly from: 'lexicon' | 'openai';
  readonly types?: readonly string[];
  readonly count: number;
  readonly baseUrl?: string;
  readonly model?: string;
  readonly seed: number;
  readonly run?: string;
  readonly dryRun?: boolean;
  readonly maxCost?: number;
  readonly yes?: boolean;
  readonly allowIdentifiers?: boolean;
  readonly project: string;
}

/** `chartmark seeds`: prints what belongs under "topics" in chartmark.json. */
export function registerSeeds(program: Command, context: CliContext): void {
  const command = program
    .command('seeds')
    .description(
      'Collect names to write about, as JSON for "topics" in chartmark.json. Sends none of your notes, but each type\'s definition, guideline and examples.',
    )
    .addOption(
      new Option('--from <source>', 'the shipped lexicon, or a language model asked for them')
        .choices(['lexicon', 'openai'])
        .default('lexicon'),
    )
    .option(
      '--types <types>',
      'entity types, separated by commas; all that are tagged when left out',
      commaList,
    )
    .option('--count <n>', 'names wanted of each type', wholeNumber(1), 200)
    .option('--base-url <url>', `endpoint of the language model (its key: ${keyVariable})`)
    .option('--model <name>', 'which language model')
    .option('--seed <n>', 'decides what is drawn from the lexicon', wholeNumber(0), 1)
    .option(
      '--run <folder>',
      "where the language model's replies are kept, so that none is paid for twice; seeds/ when left out",
    )
    .option('--dry-run', 'say what would be asked of whom and what it would cost, and stop')
    .option('--max-cost <usd>', 'stop before the names could cost more than this', positiveNumber);
  addRateOptions(addHostConsent(command))
    .option('--allow-identifiers', allowIdentifiersText)
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .action(async (options: Options) => {
      const project = await loadProject(options.project);
      const types = typesOf(project, options.types);
      if (options.from === 'lexicon') {
        const wanted = { ...options, types: types.map(({ name }) => name) };
        const seeds = await lexiconNames(project, wanted, context.resources);
        context.print(JSON.stringify(seeds, null, 2));
        return;
      }
      const collected = await fromModel(context, project, { ...options, types });
      if (collected !== undefined) tell(context, collected, options.count);
    });
}

type Wish = Omit<Options, 'types'> & { readonly types: readonly EntityType[] };

/** Gives nothing when it was a dry run. */
async function fromModel(
  context: CliContext,
  project: Project,
  { types, count, run, ...options }: Wish,
): Promise<CollectedTopics | undefined> {
  const provider = createProvider(options, project);
  const maxCostUsd = options.maxCost ?? project.generation.maxCostUsd;
  requirePrice(provider, project.generation.prices, maxCostUsd);
  const out = run ?? path.join(options.project, 'seeds');
  const wanted = { provider, project, types, count, out };
  const names = types.map(({ name }) => name).join(', ');
  context.note(
    `${count} names of ${names} from ${provider.name} (${provider.model}), ${describeDestination(provider)}`,
  );
  const mayGrow = '; more if names come twice';
  for (const line of describeEstimate(await estimateTopics(wanted), provider, mayGrow)) context.note(line);
  if (maxCostUsd !== undefined) context.note(`Limit: ${dollars(maxCostUsd)}`);
  const { dryRun = false, allowIdentifiers = false } = options;
  scanPrompt(context, provider, {
    project: { ...project, entityTypes: types, relationTypes: [], styles: [] },
    dryRun,
    allowIdentifiers,
  });
  if (dryRun) return undefined;
  await agreeToHost(context, provider, options, project, 'prompts');
  context.note(`Requests and replies are kept in ${shownPath(out)}.`);
  const bar = progressBar(process.stderr, 'Asking');
  try {
    return await collectTopics(
      { ...wanted, sending: sendingOf(options), ...(maxCostUsd === undefined ? {} : { maxCostUsd }) },
      {
        signal: context.signal,
        onProgress: ({ type, names: found, wanted: all, ...more }) =>
          bar.update(found / all, describeAsking(`${found} of ${all} names of ${type}`, more)),
      },
    );
  } finally {
    bar.finish();
  }
}

/** Prints the names, those of a run that ended early too, and then throws what ended it. */
function tell(
  context: CliContext,
  { seeds, costUsd, unansweredUsd, failure }: CollectedTopics,
  count: number,
): void {
  context.print(JSON.stringify(seeds, null, 2));
  if (costUsd !== undefined) context.note(describeSpent(costUsd, unansweredUsd));
  if (failure !== undefined) {
    context.note('It ended early: the same command goes on from there and pays for no reply again.');
    throw failure;
  }
  for (const [type, names] of Object.entries(seeds)) {
    if (names.length < count)
      context.note(`${type}: ${names.length} names; the model gave nothing new any more.`);
  }
}

function typesOf(project: Project, names: readonly string[] | undefined): readonly EntityType[] {
  if (names === undefined) return mentionTypes(project);
  return names.map((name) => {
    const type = project.entityTypes.find((candidate) => candidate.name === name);
    if (type !== undefined) return type;
    throw new UserError(`The project has no entity type "${name}".`, {
      nextStep: `Choose of ${project.entityTypes.map((known) => known.name).join(', ')}.`,
    });
  });
}
