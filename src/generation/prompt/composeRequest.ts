import { type MeasuredRequest, measureRequest } from '../../llm/cost/measureRequest.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import { replySchema } from '../../llm/reply/parseReply.ts';
import type { Project } from '../../project/project.ts';
import type { RunPlan } from '../plan/planRequest.ts';
import type { RequestSpec, TextRequest } from '../plan/requestSpec.ts';
import { buildPrompt } from './buildPrompt.ts';

/**
 * For a text with its tags in JSON. Texts of one to three sentences by a large model had 200 to 370 characters including
 * tags, at three and a half characters per token. Whole notes are requested with 120 to 350 words.
 */
const expectedTokensPerText = { sentences: 75, notes: 450 } as const;
/** Generous, so that hardly any reply is cut off, but none can go on forever. */
const mostTokensPerText = { sentences: 400, notes: 2000 } as const;

/** The complete request for a spec, with its expected tokens and its maximum cost. */
export function composeRequest(
  spec: RequestSpec,
  {
    plan,
    index,
    price,
  }: { readonly plan: RunPlan; readonly index: number; readonly price: TokenPrice | undefined },
): MeasuredRequest<TextRequest> {
  const messages = buildPrompt(spec, plan.project, plan.version);
  const schema = replySchema(plan.task, spec.task === 're' ? spec.relation.name : undefined);
  const { unit, maxOutputTokens } = plan.project.generation;
  const maxTokens = maxOutputTokens ?? 512 + spec.texts * mostTokensPerText[unit];
  return measureRequest(
    { index, spec, version: plan.version, messages, replySchema: schema, maxTokens },
    { expected: expectedOutputTokens(spec.texts, unit), price },
  );
}

/** Tokens that a reply with so many texts is expected to have. */
export function expectedOutputTokens(texts: number, unit: Project['generation']['unit']): number {
  return 10 + texts * expectedTokensPerText[unit];
}
