import type { MeasuredRequest } from '../../llm/cost/measureRequest.ts';
import { planRequest, type RunPlan } from '../plan/planRequest.ts';
import type { ChatMessage } from '../../llm/provider.ts';
import { addTexts, type RunCount, wishOf } from '../plan/textCount.ts';
import { composeRequest } from './composeRequest.ts';

/**
 * A request of a run as it would be sent if all texts of the earlier requests were accepted. The first one is sent exactly
 * like this. Throws `UserError` if the project's template is faulty.
 */
export function previewRequest(plan: RunPlan, index: number): MeasuredRequest {
  const before = index * plan.project.generation.textsPerRequest;
  const whole = { ...plan, count: Math.max(plan.count, before + 1) };
  const counted: RunCount = { accepted: 0, acceptedNegative: 0 };
  for (let earlier = 0; earlier < index; earlier++)
    addTexts(counted, wishOf(planRequest(whole, earlier, counted)));
  const spec = planRequest(whole, index, counted);
  return composeRequest(spec, { plan: whole, index, price: undefined });
}

const roles: Readonly<Record<ChatMessage['role'], string>> = { system: 'System', user: 'Request' };

/** A request as text: the messages word by word, and what goes along with them. */
export function describeRequest({ request, promptHash, tokens }: MeasuredRequest): string {
  const { messages, replySchema, maxTokens } = request;
  return [
    ...messages.map(({ role, content }) => `----- ${roles[role]} message -----\n${content}`),
    `----- JSON Schema of the reply (where the service takes one) -----\n${JSON.stringify(replySchema)}`,
    `----- Beside it -----\nLongest reply: ${maxTokens} tokens. Expected: about ${tokens.input} tokens of input and ` +
      `${tokens.output} of output. Prompt hash: ${promptHash}.`,
  ].join('\n\n');
}
