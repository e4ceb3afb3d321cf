import type { Project } from '../project/project.ts';
import type { Provider } from '../llm/provider.ts';
import { openAiProvider } from '../llm/openai/openaiProvider.ts';

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
