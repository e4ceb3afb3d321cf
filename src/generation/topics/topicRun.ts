import type { TokenPrice } from '../../llm/cost/prices.ts';
import { type MeasuredRequest, measureRequest } from '../../llm/cost/measureRequest.ts';
import path from 'node:path';
import { digest } from '../../foundation/digest.ts';
import type { JsonObject } from '../../foundation/json.ts';
import { type EntityType, type Project, topicsOf } from '../../project/project.ts';
import type { CompletionReply, Provider } from '../../llm/provider.ts';
import type { LedgerState } from '../../runs/ledgerState.ts';
import { topicProgress, type TopicProgress } from './topicProgress.ts';
import { type TopicSpec, topicPrompt, topicSchema } from './topicRequest.ts';

export interface TopicOptions {
  readonly provider: Provider;
  readonly project: Project;
  readonly types: readonly EntityType[];
  /** Names wanted of each type, beside those that the project lists. */
  readonly count: number;
  /** What is asked and answered is kept below it, in a folder for each type. */
  readonly out: string;
}

/** A type's requests and replies on the disk. */
interface TopicRun {
  readonly run: string;
  readonly folder: string;
  readonly description: JsonObject;
}

/** Where a type's requests lie: the same for the same question to the same model, however many names are wanted. */
export function topicRun(
  { provider, project, count, out }: Omit<TopicOptions, 'types'>,
  { name, definition, guideline, counterExamples }: EntityType,
): TopicRun {
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
  { project, count }: Pick<TopicOptions, 'project' | 'count'>,
  type: EntityType,
  { pending }: Pick<LedgerState, 'pending'>,
): TopicProgress {
  const progress = topicProgress(type, topicsOf(project, type.name), count);
  for (const { reply } of pending) progress.take(usableText(reply));
  return progress;
}

export function usableText({ refused, text }: CompletionReply): string {
  return refused === undefined ? text : '';
}

/** Of a name and what JSON puts around it. */
const tokensPerName = 8;

/** A wish for names in full, and what it may take. */
export function composeTopicRequest(
  wish: Omit<TopicSpec, 'language'>,
  {
    project,
    index,
    price,
  }: { readonly project: Project; readonly index: number; readonly price: TokenPrice | undefined },
): MeasuredRequest {
  const { language, maxOutputTokens } = project.generation;
  const messages = topicPrompt({ ...wish, language });
  const maxTokens = maxOutputTokens ?? 256 + 4 * tokensPerName * wish.count;
  return measureRequest(
    { index, messages, replySchema: topicSchema, maxTokens },
    { expected: 10 + tokensPerName * wish.count, price },
  );
}
