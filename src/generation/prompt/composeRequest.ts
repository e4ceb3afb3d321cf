import { type MeasuredRequest, measureRequest } from '../../llm/cost/measureRequest.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import { replySchema } from '../../llm/reply/parseReply.ts';
import type { RunPlan } from '../plan/planRequest.ts';
import type { RequestSpec, TextRequest } from '../plan/requestSpec.ts';
import { buildPrompt } from './prompt.ts';
import { expectedOutputTokens, roomForTexts } from './textTokens.ts';

/** The request for what `spec` asks for, in words, and what it may take. */
export function composeRequest(
  spec: RequestSpec,
  {
    plan,
    index,
    price,
  }: { readonly plan: RunPlan; readonly index: number; readonly price: TokenPrice | undefined },
): MeasuredRequest<TextRequest> {
  const messages = buildPrompt(spec, plan.project);
  const schema = replySchema(plan.task, spec.task === 're' ? spec.relation.name : undefined);
  const { unit, maxOutputTokens } = plan.project.generation;
  const maxTokens = maxOutputTokens ?? roomForTexts(spec.texts, unit);
  return measureRequest(
    { index, spec, messages, replySchema: schema, maxTokens },
    { expected: expectedOutputTokens(spec.texts, unit), price },
  );
}
