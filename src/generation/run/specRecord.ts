import type { RequestSpec } from '../plan/requestSpec.ts';
import { mentionTypes } from '../../project/project.ts';
import { labelsWithoutTopics, type RunPlan } from '../plan/planRequest.ts';
import type { RequestEntry } from '../../runs/ledgerEntry.ts';
import { requestedTexts } from '../plan/textCount.ts';

type SpecRecord = Pick<RequestEntry, 'style' | 'texts' | 'negatives' | 'relation' | 'confusable' | 'seeds'>;

/** What the ledger keeps of a request: what is specific to it, not what holds for the whole run. */
export function recordOfSpec(spec: RequestSpec): SpecRecord {
  return {
    style: spec.style.name,
    ...requestedTexts(spec),
    ...(spec.task === 'ner' && spec.confusable !== undefined ? { confusable: spec.confusable } : {}),
    seeds: spec.topics.map(({ type, name }) => ({ type, name })),
  };
}

/** Restores the request of a record, so that its reply can be judged by it and it can be sent again. */
export function specOfRecord(record: SpecRecord, plan: RunPlan): RequestSpec {
  const { style, texts, negatives, confusable, seeds: topics } = record;
  const relation = plan.relations?.find(({ name }) => name === record.relation) ?? plan.relations?.[0];

  const common = {
    style: plan.project.styles.find(({ name }) => name === style) ?? { name: style, description: style },
    language: plan.project.generation.language,
    texts,
    topics,
  };
  return relation === undefined
    ? {
        ...common,
        task: 'ner',
        labels: mentionTypes(plan.project).map(({ name }) => name),
        entityFree: negatives,
        ...(confusable === undefined ? {} : { confusable }),
        ...labelsWithoutTopics(plan),
      }
    : {
        ...common,
        task: 're',
        relation,
        ...(record.relation === undefined ? {} : { isOneOfSeveral: true }),
        negative: negatives,
      };
}
