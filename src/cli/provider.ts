import type { Project } from '../project/project.ts';
import { loadLexicon } from '../generation/topics/lexicon.ts';
import type { Provider } from '../llm/provider.ts';
import { offlineProvider } from '../generation/offline/offlineWriter.ts';
import { openAiProvider } from '../llm/openai/openaiProvider.ts';
import type { CliContext } from './context.ts';

/** The environment variable that holds the key; there is no option for it, so that no shell history does. */
export const keyVariable = 'CHARTMARK_API_KEY';

interface ProviderOptions {
  readonly provider: 'openai' | 'offline';
  readonly baseUrl?: string;
  readonly model?: string;
  readonly seed: number;
  /** Nothing is asked of it, so that it needs no key. */
  readonly isUnasked?: boolean;
  /** Sends nothing: then neither is anything asked. */
  readonly dryRun?: boolean;
}

/** The provider that options, project and environment name. Throws `UserError`. */
export async function createProvider(
  context: CliContext,
  options: ProviderOptions,
  project: Project,
): Promise<Provider> {
  if (options.provider === 'offline')
    return offlineProvider(await loadLexicon(context.resources), options.seed);
  const isUnasked = options.isUnasked === true || options.dryRun === true;
  const apiKey = isUnasked ? 'none' : process.env[keyVariable];
  const baseUrl = options.baseUrl ?? project.generation.baseUrl;
  return openAiProvider({
    model: options.model ?? project.generation.model,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
}
