import { type Command, Option } from 'commander';
import type { Project } from '../project/project.ts';
import {
  type EndpointChoice,
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

/** The endpoint that options and project name, with the key of the environment. Throws `UserError`. */
export function chooseEndpoint(
  { model, baseUrl }: Pick<ModelFlags, 'model' | 'baseUrl'>,
  { generation }: Pick<Project, 'generation'>,
): EndpointChoice {
  return endpointModel({
    model: model ?? generation.model,
    baseUrl: baseUrl ?? generation.baseUrl,
    apiKey: () => process.env[keyVariable],
  });
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
  project: Pick<Project, 'generation'>,
): Promise<ModelChoice> {
  const choice = chooseEndpoint(flags, project);
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
