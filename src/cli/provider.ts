import type { Writer } from '../generation/plan/requestSpec.ts';
import type { Project } from '../project/project.ts';
import { loadLexicon } from '../generation/topics/lexicon.ts';
import type { Provider } from '../llm/provider.ts';
import { offlineWriter } from '../generation/offline/offlineWriter.ts';
import { openAiProvider } from '../llm/openai/openaiProvider.ts';
import type { CliContext } from './context.ts';

/** The environment variable that holds the key; there is no option for it, so that no shell history does. */
export const keyVariable = 'CHARTMARK_API_KEY';

interface ProviderOptions {
  readonly baseUrl?: string;
  readonly model?: string;
  /** Nothing is asked of it, so that it needs no key. */
  readonly isUnasked?: boolean;
  /** Sends nothing: then neither is anything asked. */
  readonly dryRun?: boolean;
}

/** The writer that options, project and environment name. Throws `UserError`. */
export async function createWriter(
  context: CliContext,
  options: ProviderOptions & { readonly provider: 'openai' | 'offline'; readonly seed: number },
  project: Project,
): Promise<Writer> {
  return options.provider === 'offline'
    ? offlineWriter(await loadLexicon(context.resources), options.seed)
    : createProvider(options, project);
}

/** The language model that options, project and environment name. Throws `UserError`. */
export function createProvider(options: ProviderOptions, project: Project): Provider {
  const isUnasked = options.isUnasked === true || options.dryRun === true;
  const apiKey = isUnasked ? 'none' : process.env[keyVariable];
  const baseUrl = options.baseUrl ?? project.generation.baseUrl;
  return openAiProvider({
    model: options.model ?? project.generation.model,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
}
