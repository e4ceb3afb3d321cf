import { type MeasuredRequest, measureRequest } from '../../llm/cost/measureRequest.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import { replySchema } from '../../llm/reply/parseReply.ts';
import type { RunPlan } from '../plan/planRequest.ts';
import type { RequestSpec, TextRequest } from '../plan/requestSpec.ts';
import { buildPrompt } from './prompt.ts';

/**
 * For a text with its tags in JSON. Texts of one to three sentences that a large model wrote had 200 to 370 characters
 * with tags, at three and a half characters a token. Whole notes are requested with 120 to 350 words.
 */
const expectedTokensPerText = { sentences: 75, notes: 450 } as const;
/** Ample room: hardly any reply is cut off, and none can go on for ever. */
const mostTokensPerText = { sentences: 400, notes: 2000 } as const;

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
  const maxTokens = maxOutputTokens ?? 512 + spec.texts * mostTokensPerText[unit];
  return measureRequest(
    { index, spec, messages, replySchema: schema, maxTokens },
    { expected: 10 + spec.texts * expectedTokensPerText[unit], price },
  );
}
