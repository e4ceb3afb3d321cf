import { type Command, Option } from 'commander';
import { loadProject } from '../../project/parseProject.ts';
import type { Project } from '../../project/project.ts';
import { generate, type GenerateOptions } from '../../synthesis/generate.ts';
import { loadLexicon } from '../../synthesis/lexicon.ts';
import type { Provider } from '../../synthesis/provider.ts';
import { offlineProvider } from '../../synthesis/providers/offline.ts';
import { openAiProvider } from '../../synthesis/providers/openai.ts';
import { type CliContext, shownPath } from '../context.ts';
import { wholeNumber } from '../options.ts';
import { progressBar } from '../progressBar.ts';

/** The environment variable that holds the key; there is no option for it, so that no shell history does. */
const keyVariable = 'CHARTMARK_API_KEY';

interface Options {
  readonly task: 'ner' | 're';
  readonly provider: 'openai' | 'offline';
  readonly baseUrl?: string;
  readonly model?: string;
  readonly count?: number;
  readonly out: string;
  readonly seed: number;
  readonly resume?: boolean;
  readonly dryRun?: boolean;
  readonly project: string;
  readonly json?: boolean;
}

/** `chartmark generate --provider P --count N --out DIR`. */
export function registerGenerate(program: Command, context: CliContext): void {
  program
    .command('generate')
    .description('Write labelled synthetic text. Sends none of your texts anywhere.')
    .addOption(new Option('--task <task>', 'entities or relations').choices(['ner', 're']).default('ner'))
    .addOption(
      new Option(
        '--provider <provider>',
        'who writes: templates on this computer, or an OpenAI-compatible endpoint',
      )
        .choices(['offline', 'openai'])
        .default('offline'),
    )
    .option('--base-url <url>', `endpoint of the openai provider (its key: ${keyVariable})`)
    .option('--model <name>', 'model of the openai provider')
    .option('--count <n>', 'texts wanted', wholeNumber(1))
    .requiredOption('--out <folder>', "the run's folder")
    .option('--seed <n>', 'decides every draw', wholeNumber(0), 1)
    .option('--resume', 'go on with the run in the folder')
    .option('--dry-run', 'say what would be asked of whom, and stop')
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action(async (options: Options) => {
      const project = await loadProject(options.project);
      const provider = await createProvider(context, options, project);
      const count = options.count ?? project.generation.count;
      const { host, kind } = provider.destination;
      context.note(`${count} texts from ${provider.name} (${provider.model}), ${kind}: ${host}`);
      if (options.dryRun === true) return;
      const result = await generateWithBar(context, {
        task: options.task,
        provider,
        project,
        count,
        out: options.out,
        seed: options.seed,
        resume: options.resume ?? false,
      });
      if (options.json === true) {
        context.print(JSON.stringify(result));
        return;
      }
      context.print(`${shownPath(result.folder)}: ${result.accepted} accepted, ${result.rejected} rejected`);
      for (const [reason, times] of Object.entries(result.rejectedByReason))
        context.print(`  ${reason}: ${times}`);
    });
}

async function createProvider(context: CliContext, options: Options, project: Project): Promise<Provider> {
  if (options.provider === 'offline')
    return offlineProvider(await loadLexicon(context.resources), options.seed);
  const apiKey = process.env[keyVariable];
  const baseUrl = options.baseUrl ?? project.generation.baseUrl;
  return openAiProvider({
    model: options.model ?? project.generation.model,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
}

/** Generates with a live bar of accepted and rejected texts on standard error. */
export async function generateWithBar(context: CliContext, options: GenerateOptions) {
  const bar = progressBar(process.stderr, 'Generating');
  try {
    return await generate(options, {
      signal: context.signal,
      onProgress: ({ accepted, rejected, wanted }) =>
        bar.update(accepted / wanted, `${accepted}/${wanted} accepted, ${rejected} rejected`),
    });
  } finally {
    bar.finish();
  }
}
