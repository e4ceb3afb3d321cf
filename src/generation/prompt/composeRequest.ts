import type { TokenPrice } from '../../project/project.ts';
import { tokenCost } from '../../llm/cost/prices.ts';
import { expectedOutputTokens, inputTokens, roomForTexts } from '../../llm/cost/tokens.ts';
import type { RunPlan } from '../plan/planRequest.ts';
import { buildPrompt, promptHash } from './prompt.ts';
import type { Ask, CompletionRequest } from '../../llm/provider.ts';
import { replySchema } from '../../llm/reply/parseReply.ts';

/** A request in full, and what it may take. */
export interface ComposedRequest {
  readonly request: CompletionRequest & { readonly maxTokens: number };
  readonly promptHash: string;
  readonly tokens: {
    readonly input: number;
    readonly output: number;
  };
  /** The most that it can cost in USD; 0 where no price is known. */
  readonly upTo: number;
}

/** Puts an ask into words, and counts them. */
export function composeRequest(
  ask: Ask,
  {
    plan,
    index,
    price,
  }: { readonly plan: RunPlan; readonly index: number; readonly price: TokenPrice | undefined },
): ComposedRequest {
  const messages = buildPrompt(ask, plan.project);
  const schema = replySchema(plan.task, ask.task === 're' ? ask.relation.name : undefined);
  const { unit, maxOutputTokens } = plan.project.generation;
  const maxTokens = maxOutputTokens ?? roomForTexts(ask.texts, unit);
  return countRequest(
    { index, ask, messages, replySchema: schema, maxTokens },
    { expected: expectedOutputTokens(ask.texts, unit), price },
  );
}

/** A request with what it may take; `expected` tokens of output, if it allows so many. */
export function countRequest(
  request: ComposedRequest['request'],
  { expected, price }: { readonly expected: number; readonly price: TokenPrice | undefined },
): ComposedRequest {
  const { messages, replySchema: schema, maxTokens } = request;
  const input = inputTokens(messages, schema);
  return {
    request,
    promptHash: promptHash(messages),
    tokens: { input: input.expected, output: Math.min(maxTokens, expected) },
    upTo: price === undefined ? 0 : tokenCost({ input: input.most, output: maxTokens }, price),
  };
}
