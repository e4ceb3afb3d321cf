import { mentionTypes } from '../../project/project.ts';
import { labelsWithoutNames, type RunPlan } from '../plan/planRequest.ts';
import type { Ask } from '../../llm/provider.ts';
import type { RequestEntry } from '../../runs/ledger.ts';
import { wishOf } from '../plan/textCount.ts';

type AskRecord = Pick<RequestEntry, 'style' | 'texts' | 'negatives' | 'relation' | 'confusable' | 'seeds'>;

/** An ask as the ledger keeps it: what was drawn for this request, not what holds for the whole run. */
export function recordOfAsk(ask: Ask): AskRecord {
  return {
    style: ask.style.name,
    ...wishOf(ask),
    ...(ask.task === 'ner' && ask.confusable !== undefined ? { confusable: ask.confusable } : {}),
    seeds: ask.seeds.map(({ type, name }) => ({ type, name })),
  };
}

/** The same ask again, so that a reply is judged by what was asked and a lost request is asked alike. */
export function askOfRecord(record: AskRecord, plan: RunPlan): Ask {
  const { style, texts, negatives, confusable, seeds } = record;
  const relation = plan.relations?.find(({ name }) => name === record.relation) ?? plan.relations?.[0];

  const common = {
    style: plan.project.styles.find(({ name }) => name === style) ?? { name: style, description: style },
    language: plan.project.generation.language,
    texts,
    seeds,
  };
  return relation === undefined
    ? {
        ...common,
        task: 'ner',
        labels: mentionTypes(plan.project).map(({ name }) => name),
        entityFree: negatives,
        ...(confusable === undefined ? {} : { confusable }),
        ...labelsWithoutNames(plan),
      }
    : {
        ...common,
        task: 're',
        relation,
        ...(record.relation === undefined ? {} : { isOneOfSeveral: true }),
        negative: negatives,
      };
}
