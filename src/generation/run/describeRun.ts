import { digest } from '../../foundation/digest.ts';
import type { JsonObject } from '../../foundation/json.ts';
import { labelsFor, type RunPlan } from '../plan/planRequest.ts';
import { builtInPrompts } from '../prompt/promptDefaults.ts';
import { parsePromptTemplate } from '../prompt/promptTemplate.ts';
import type { ModelInfo } from '../../llm/provider.ts';

/** Tells apart what shapes the texts of a run beside its prompt template: kept in run.json as "settings". */
export function settingsDigest({ project, topics }: RunPlan): string {
  const { entityTypes, relationTypes, styles, generation } = project;
  // Only what shapes the texts: how fast and for how much they are asked for may change when a run goes on.
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

/** What run.json says. The run's name follows from its contents, so that equal runs are equal files. */
export function describeRun(plan: RunPlan, provider: ModelInfo): { run: string; description: JsonObject } {
  const template = ownTemplate(plan, provider);
  const { relations = [] } = plan;
  const only = relations.length === 1 ? relations[0] : undefined;
  // Runs about the first relation alone were all that there were once, and do not name it.
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
  };
  const run = `${plan.task}-${provider.name}-${digest(settings).slice(0, 8)}`;
  return { run, description: { run, ...settings, count: plan.count } };
}

/** Tells the project's own template apart as far as it is sent; nothing where the built-in one says the same, or nothing is asked for in words. */
function ownTemplate({ project, task }: RunPlan, { isRepeatable }: ModelInfo): string | undefined {
  const own = project.prompts?.[task];
  if (own === undefined || isRepeatable === true) return undefined;
  const sent = (text: string): string => digest(parsePromptTemplate(text, task, own.file).parts);
  const template = sent(own.text);
  return template === sent(builtInPrompts[task]) ? undefined : template;
}
