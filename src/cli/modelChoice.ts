import { type Command, Option } from 'commander';
import type { Project } from '../project/project.ts';
import {
  endpointModel,
  type ModelChoice,
  offlineChoice,
  type WriterChoice,
} from '../tasks/sending/modelChoice.ts';
import type { CliContext } from './context.ts';

/** The environment variable that holds the key. There is no option for it, so that no shell history has it. */
export const keyVariable = 'CHARTMARK_API_KEY';

export interface ModelFlags {
  readonly baseUrl?: string;
  readonly model?: string;
  /** Nothing is sent, so that no key is needed. */
  readonly dryRun?: boolean;
}

/** Adds the options of `ModelFlags`, for a task that needs a language model. */
export function addModelOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--provider <provider>', 'an OpenAI-compatible endpoint')
        .choices(['openai'])
        .default('openai'),
    )
    .option('--base-url <url>', `endpoint (its key: ${keyVariable})`)
    .option('--model <name>', 'which language model');
}

/** The language model that options, project and environment name. Throws `UserError`, also if its key is missing. */
export async function chooseModel(
  flags: ModelFlags,
  { generation }: Pick<Project, 'generation'>,
): Promise<ModelChoice> {
  const choice = endpointModel({
    model: flags.model ?? generation.model,
    baseUrl: flags.baseUrl ?? generation.baseUrl,
    apiKey: () => process.env[keyVariable],
  });
  // A missing key is reported before anything else is asked.
  if (flags.dryRun !== true) await choice.connect();
  return choice;
}

/** Who writes, as the options say. Throws `UserError`. */
export function chooseWriter(
  { resources }: Pick<CliContext, 'resources'>,
  flags: ModelFlags & { readonly provider: 'openai' | 'offline'; readonly seed: number },
  project: Pick<Project, 'generation'>,
): Promise<WriterChoice> {
  return flags.provider === 'offline' ? offlineChoice(resources, flags.seed) : chooseModel(flags, project);
}
