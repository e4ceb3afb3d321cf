import { defaultProject } from '../../../src/project/defaults.ts';
import type { GenerationSettings, Project } from '../../../src/project/project.ts';
import {
  generate,
  type GenerateHooks,
  type GenerateOptions,
} from '../../../src/generation/run/generateTexts.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import type { SendingOptions } from '../../../src/llm/sending/sender.ts';
import { textsPerReply, type ChatServer } from '../../support/chatServer/chatServer.ts';

/** Waits of milliseconds instead of seconds between tries. */
const quick: Partial<SendingOptions> = { backoff: { base: 2, most: 8 }, timeout: 20_000, retries: 6 };

export function projectWith(generation: Partial<GenerationSettings> = {}): Project {
  return {
    ...defaultProject,
    generation: { ...defaultProject.generation, textsPerRequest: textsPerReply, ...generation },
  };
}

/** A run of the real generator against the server. */
export function runAt(
  server: Pick<ChatServer, 'baseUrl'>,
  out: string,
  { sending, model = 'gpt-4o-mini', ...more }: Partial<GenerateOptions> & { readonly model?: string } = {},
  hooks: GenerateHooks = {},
) {
  return generate(
    {
      task: 'ner',
      provider: openAiProvider({ baseUrl: server.baseUrl, model }),
      project: projectWith(),
      count: 60,
      out,
      seed: 1,
      sending: { ...quick, concurrency: 4, ...sending },
      ...more,
    },
    hooks,
  );
}
