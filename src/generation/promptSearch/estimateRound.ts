import { withSentences } from '../../project/defaults.ts';
import { estimatedCost, type Estimate } from '../../llm/cost/estimate.ts';
import { priceOf } from '../../llm/cost/prices.ts';
import { builtInPrompts } from '../prompt/promptDefaults.ts';
import { previewRequest } from '../prompt/promptPreview.ts';
import { planRun } from '../plan/planRun.ts';
import { composeCandidateRequest } from './requestCandidates.ts';
import type { SearchOptions } from './search.ts';

/** What the next round of a search is expected to take. `tried` candidates of it need no request any more. */
export function estimateRound(
  { task, project: given, provider, candidates, texts, seed }: Omit<SearchOptions, 'out' | 'maxCostUsd'>,
  tried = 0,
): Estimate {
  const project = task === 're' ? withSentences(given) : given;
  const known = priceOf(provider.model, project.generation.prices);
  const base = project.prompts?.[task]?.text ?? builtInPrompts[task];
  const trial = previewRequest(
    planRun({
      task,
      project: { ...project, generation: { ...project.generation, textsPerRequest: texts } },
      count: texts,
      seed,
    }),
    0,
  );
  const subject = trial.request.messages[0]?.content ?? '';
  const asked = composeCandidateRequest({ task, project, candidates, subject, base }, known?.price);
  const trials = candidates + 1 - tried;
  const tokens = {
    input: asked.tokens.input + trials * trial.tokens.input,
    output: asked.tokens.output + trials * trial.tokens.output,
  };
  return {
    texts: trials * texts,
    requests: trials + 1,
    tokens,
    ...estimatedCost(known, tokens, asked.upTo),
  };
}
