import { requestRandom } from './plan.ts';
import { expectedTokens } from './cost/tokens.ts';
import type { EntityType, Project } from '../project/project.ts';
import type { Provider } from './provider.ts';
import { parseSeeds, seedAreas, seedPrompt, seedSchema } from './seedRequest.ts';
import { createSender } from './sending/sender.ts';
import { sendingOptions } from './sending/sendingOptions.ts';

export interface SeedOptions {
  readonly provider: Provider;
  readonly project: Project;
  readonly type: EntityType;
  /** Names wanted. */
  readonly count: number;
}

interface SeedHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly names: number; readonly wanted: number }) => void;
}

/** Names asked for in one request at most. */
const namesPerRequest = 60;
/** Rounds over the areas; a model that gives nothing new in one has nothing more to give. */
const mostRounds = 3;
/** Of a name and what JSON puts around it. */
const tokensPerName = 8;

/** How many requests `askForSeeds` begins with, one for each part of the type's field. */
export function seedRequests({ type, count }: Pick<SeedOptions, 'type' | 'count'>): number {
  const areas = seedAreas(type).length;
  return Math.min(Math.ceil(count / Math.ceil(count / areas)), areas);
}

/**
 * Asks a language model for names of a type, part of its field by part, until there are `count` or it gives
 * nothing new. Sends the type's definition and the names it gave before, and nothing else. Throws
 * `ProviderFailure`, `UserError` or `CancelledError`.
 */
export async function askForSeeds(
  { provider, project, type, count }: SeedOptions,
  { signal, onProgress }: SeedHooks = {},
): Promise<readonly string[]> {
  const options = sendingOptions(provider, project.generation);
  const sender = createSender(provider, options, requestRandom(0, 0));
  const cancel = signal ?? new AbortController().signal;
  const names: string[] = [...(project.seeds[type.name] ?? [])];
  const before = names.length;
  const { language } = project.generation;
  let index = 0;
  for (let round = 0; round < mostRounds && names.length - before < count; round++) {
    const atBegin = names.length;
    const areas = seedAreas(type);
    const each = Math.min(namesPerRequest, Math.ceil((count - (names.length - before)) / areas.length));
    for (const area of areas) {
      if (names.length - before >= count) break;
      // A name more than is needed costs nothing, a round more does.
      const messages = seedPrompt({ type, area, count: Math.max(6, each), language, known: names });
      const tokens = messages.reduce((sum, { content }) => sum + expectedTokens(content), 0);
      const maxTokens = 256 + 4 * tokensPerName * Math.max(6, each);
      const reply = await sender.send(
        { index: index++, messages, replySchema: seedSchema, maxTokens },
        { tokens: tokens + tokensPerName * each, cancel, stop: cancel },
      );
      names.push(...parseSeeds(reply.text, names));
      onProgress?.({ names: Math.min(count, names.length - before), wanted: count });
    }
    if (names.length === atBegin) break;
  }
  return names.slice(before, before + count);
}
