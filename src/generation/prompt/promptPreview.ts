import type { MeasuredRequest } from '../../llm/cost/measureRequest.ts';
import { counted, grouped } from '../../foundation/numbers.ts';
import { planRequest, type RunPlan } from '../plan/planRequest.ts';
import type { ChatMessage } from '../../llm/provider.ts';
import { addTexts, requestedTexts, type RunCount } from '../plan/textCount.ts';
import { composeRequest } from './composeRequest.ts';

/**
 * A request of a run as it would be sent if all texts of earlier requests were accepted; the first request is sent
 * exactly like this. Throws `UserError` if the project's template is faulty.
 */
export function previewRequest(plan: RunPlan, index: number): MeasuredRequest {
  const before = index * plan.project.generation.textsPerRequest;
  const whole = { ...plan, count: Math.max(plan.count, before + 1) };
  const count: RunCount = { accepted: 0, acceptedNegative: 0 };
  for (let earlier = 0; earlier < index; earlier++)
    addTexts(count, requestedTexts(planRequest(whole, earlier, count)));
  const spec = planRequest(whole, index, count);
  return composeRequest(spec, { plan: whole, index, price: undefined });
}

const roles: Readonly<Record<ChatMessage['role'], string>> = { system: 'System', user: 'Request' };

/** A request as text: the exact messages, and what is sent or known in addition. */
export function describeRequest({ request, promptHash, tokens }: MeasuredRequest): string {
  const { messages, replySchema, maxTokens } = request;
  return [
    ...messages.map(({ role, content }) => `----- ${roles[role]} message -----\n${content}`),
    `----- JSON Schema of the reply (if the service supports one) -----\n${JSON.stringify(replySchema)}`,
    `----- Size -----\nLongest reply: ${counted(maxTokens, 'token')}. Expected: about ${counted(tokens.input, 'token')} of ` +
      `input and ${grouped(tokens.output)} of output. Prompt hash: ${promptHash}.`,
  ].join('\n\n');
}
