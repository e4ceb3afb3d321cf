import { type MeasuredRequest, measureRequest } from '../../llm/cost/measureRequest.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import { replySchema } from '../../llm/reply/parseReply.ts';
import type { Project } from '../../project/project.ts';
import type { RunPlan } from '../plan/planRequest.ts';
import type { RequestSpec, TextRequest } from '../plan/requestSpec.ts';
import { buildPrompt } from './buildPrompt.ts';

/** The request for the texts of `spec`: its prompt, and how many tokens it may use. */
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
    { expected: expectedOutputTokens(spec.texts, unit), price },
  );
}

/**
 * Of a text with its tags in JSON. Texts of one to three sentences that a large model wrote had 200 to 370 characters with
 * tags, at three and a half characters per token. Whole notes are requested with 120 to 350 words.
 */
const expectedTokensPerText = { sentences: 75, notes: 450 } as const;
/** Enough that hardly any reply is cut off, with a limit so that none runs on forever. */
const mostTokensPerText = { sentences: 400, notes: 2000 } as const;

/** Tokens that a reply with so many texts is expected to have. */
export function expectedOutputTokens(texts: number, unit: Project['generation']['unit']): number {
  return 10 + texts * expectedTokensPerText[unit];
}
