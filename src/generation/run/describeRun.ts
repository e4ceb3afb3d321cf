import { digest } from '../../foundation/digest.ts';
import type { RunDescription } from '../../runs/runDescription.ts';
import { labelsFor, type RunPlan } from '../plan/planRequest.ts';
import { builtInPrompt } from '../prompt/buildPrompt.ts';
import { parsePromptTemplate } from '../prompt/promptTemplate.ts';
import type { ModelInfo } from '../../llm/provider.ts';

/** A digest of what shapes the texts of a run, except its prompt template. Stored in run.json as "settings". */
export function settingsDigest({ project, topics }: RunPlan): string {
  const { entityTypes, relationTypes, styles, generation } = project;
  // Only what shapes the texts. Speed and limits of cost may differ when a run is resumed.
  const { unit, textsPerRequest, entityFreeShare, confusableShare, unrelatedShare } = generation;
  const { minLength, maxLength, language } = generation;
  const shaping = {
    unit,
    textsPerRequest,
    entityFreeShare,
    confusableShare,
    unrelatedShare,
    minLength,
    maxLength,
    language,
  };
  return digest([entityTypes, relationTypes, styles, shaping, topics]);
}

/** What run.json says. The run's name depends on its content only, so that equal runs are equal files. */
export function describeRun(
  plan: RunPlan,
  provider: ModelInfo,
): { run: string; description: RunDescription } {
  const template = ownTemplate(plan, provider);
  const { relations = [] } = plan;
  const only = relations.length === 1 ? relations[0] : undefined;
  // Earlier versions had only runs about the first relation, which did not name it.
  const isUsual = relations.length === 0 || (only !== undefined && only === plan.project.relationTypes[0]);
  const settings = {
    task: plan.task,
    provider: provider.name,
    model: provider.model,
    destination: { ...provider.destination },
    seed: plan.seed,
    labels: only === undefined ? labelsFor(plan) : [only.head, only.tail],
    ...(isUsual ? {} : { relations: relations.map(({ name, head, tail }) => ({ name, head, tail })) }),
    ...(template === undefined ? {} : { template }),
    settings: settingsDigest(plan),
    ...(plan.version === 1 ? {} : { plan: plan.version }),
  };
  const run = `${plan.task}-${provider.name}-${digest(settings).slice(0, 8)}`;
  return { run, description: { run, ...settings, count: plan.count } };
}

/** A digest of the project's template as it is sent. Undefined if it equals the built-in one, or if no prompt is sent. */
function ownTemplate({ project, task, version }: RunPlan, { isRepeatable }: ModelInfo): string | undefined {
  const own = project.prompts?.[task];
  if (own === undefined || isRepeatable === true) return undefined;
  const sent = (text: string): string => digest(parsePromptTemplate(text, task, own.file).parts);
  const template = sent(own.text);
  return template === sent(builtInPrompt(task, version)) ? undefined : template;
}
