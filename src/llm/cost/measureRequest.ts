import { digest } from '../../foundation/digest.ts';
import type { CompletionRequest } from '../provider.ts';
import { tokenCost, type TokenPrice } from './prices.ts';
import { inputTokens } from './tokens.ts';

/** A complete request, with its expected tokens and its maximum cost. */
export interface MeasuredRequest<R extends CompletionRequest = CompletionRequest> {
  readonly request: R & { readonly maxTokens: number };
  /** Tells prompts apart in provenance. */
  readonly promptHash: string;
  readonly tokens: {
    readonly input: number;
    readonly output: number;
  };
  /** The most that it can cost, in USD; 0 if no price is known. */
  readonly upTo: number;
}

/** Measures a request whose reply is expected to have `expected` tokens, or as many as the request allows. */
export function measureRequest<R extends CompletionRequest>(
  request: MeasuredRequest<R>['request'],
  { expected, price }: { readonly expected: number; readonly price: TokenPrice | undefined },
): MeasuredRequest<R> {
  const { messages, replySchema, maxTokens } = request;
  const input = inputTokens(messages, replySchema);
  return {
    request,
    promptHash: digest(messages),
    tokens: { input: input.expected, output: Math.min(maxTokens, expected) },
    upTo: price === undefined ? 0 : tokenCost({ input: input.most, output: maxTokens }, price),
  };
}
