import { type Command, Option } from 'commander';
import { UserError } from '../../foundation/userError.ts';
import { loadProject } from '../../project/parseProject.ts';
import { type EntityType, mentionTypes, type Project } from '../../project/project.ts';
import { askForSeeds, seedRequests } from '../../synthesis/askForSeeds.ts';
import { lexiconNames } from '../../synthesis/chosenNames.ts';
import type { CliContext } from '../context.ts';
import { commaList, wholeNumber } from '../options.ts';
import { progressBar } from '../progressBar.ts';
import { createProvider, keyVariable } from '../provider.ts';

interface Options {
  readonly from: 'lexicon' | 'openai';
  readonly types?: readonly string[];
  readonly count: number;
  readonly baseUrl?: string;
  readonly model?: string;
  readonly seed: number;
  readonly project: string;
}

/** `chartmark seeds`: prints what belongs under "seeds" in chartmark.json. */
export function registerSeeds(program: Command, context: CliContext): void {
  program
    .command('seeds')
    .description(
      'Collect names to write about, as JSON for "seeds" in chartmark.json. Sends none of your texts.',
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
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .action(async (options: Options) => {
      const project = await loadProject(options.project);
      const types = typesOf(project, options.types);
      const seeds =
        options.from === 'lexicon'
          ? await lexiconNames(
              project,
              { ...options, types: types.map(({ name }) => name) },
              context.resources,
            )
          : await fromModel(context, project, { ...options, types });
      context.print(JSON.stringify(seeds, null, 2));
    });
}

type Wish = Omit<Options, 'types'> & { readonly types: readonly EntityType[] };

async function fromModel(context: CliContext, project: Project, { types, count, ...options }: Wish) {
  const provider = await createProvider(context, { ...options, provider: 'openai' }, project);
  const requests = types.reduce((sum, type) => sum + seedRequests({ type, count }), 0);
  const { host, kind } = provider.destination;
  context.note(`At least ${requests} requests to ${provider.name} (${provider.model}), ${kind}: ${host}`);
  const seeds: Record<string, readonly string[]> = {};
  for (const type of types) {
    const bar = progressBar(process.stderr, type.name);
    try {
      seeds[type.name] = await askForSeeds(
        { provider, project, type, count },
        {
          signal: context.signal,
          onProgress: ({ names, wanted }) => bar.update(names / wanted, `${names} of ${wanted} names`),
        },
      );
    } finally {
      bar.finish();
    }
  }
  return seeds;
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
