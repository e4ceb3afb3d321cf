import path from 'node:path';
import { digest } from '../digest.ts';
import type { JsonObject } from '../../foundation/json.ts';
import { type EntityType, type Project, type TokenPrice, topicsOf } from '../../project/project.ts';
import type { CompletionReply, Provider } from '../provider.ts';
import { type ComposedRequest, countRequest } from '../run/composeRequest.ts';
import type { LedgerState } from '../run/ledgerState.ts';
import { seedProgress, type SeedProgress } from './seedProgress.ts';
import { type SeedAsk, seedPrompt, seedSchema } from './seedRequest.ts';

export interface SeedOptions {
  readonly provider: Provider;
  readonly project: Project;
  readonly types: readonly EntityType[];
  /** Names wanted of each type, beside those that the project lists. */
  readonly count: number;
  /** What is asked and answered is kept below it, in a folder for each type. */
  readonly out: string;
}

/** A type's requests and replies on the disk. */
interface SeedRun {
  readonly run: string;
  readonly folder: string;
  readonly description: JsonObject;
}

/** Where a type's requests lie: the same for the same question to the same model, however many names are wanted. */
export function seedRun(
  { provider, project, count, out }: Omit<SeedOptions, 'types'>,
  { name, definition, guideline, counterExamples }: EntityType,
): SeedRun {
  const settings = {
    task: 'seeds',
    provider: provider.name,
    model: provider.model,
    destination: { ...provider.destination },
    type: name,
    settings: digest([
      definition,
      guideline ?? '',
      counterExamples,
      project.generation.language,
      topicsOf(project, name),
    ]),
  };
  const run = `${name}-${digest(settings).slice(0, 8)}`;
  return {
    run: `seeds-${run}`,
    folder: path.join(out, run),
    description: { run: `seeds-${run}`, ...settings, count },
  };
}

/** What the replies on the disk have brought of a type. */
export function progressFrom(
  { project, count }: Pick<SeedOptions, 'project' | 'count'>,
  type: EntityType,
  { pending }: Pick<LedgerState, 'pending'>,
): SeedProgress {
  const progress = seedProgress(type, topicsOf(project, type.name), count);
  for (const { reply } of pending) progress.take(usableText(reply));
  return progress;
}

export function usableText({ refused, text }: CompletionReply): string {
  return refused === undefined ? text : '';
}

/** Of a name and what JSON puts around it. */
const tokensPerName = 8;

/** A wish for names in full, and what it may take. */
export function composeSeedRequest(
  wish: Omit<SeedAsk, 'language'>,
  {
    project,
    index,
    price,
  }: { readonly project: Project; readonly index: number; readonly price: TokenPrice | undefined },
): ComposedRequest {
  const { language, maxOutputTokens } = project.generation;
  const messages = seedPrompt({ ...wish, language });
  const maxTokens = maxOutputTokens ?? 256 + 4 * tokensPerName * wish.count;
  return countRequest(
    { index, messages, replySchema: seedSchema, maxTokens },
    { expected: 10 + tokensPerName * wish.count, price },
  );
}
