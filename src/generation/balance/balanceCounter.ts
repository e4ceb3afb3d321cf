import type { Document } from '../../corpus/document.ts';
import { labelsFor, negativeShare, type RunPlan, stylesFor, topicsFor } from '../plan/planRequest.ts';
import type { Topic } from '../plan/requestSpec.ts';
import { addTexts, type RunCount } from '../plan/textCount.ts';
import { lookalikePattern } from '../prompt/lookalikes.ts';
import type { Balance, TopicCoverage } from './balance.ts';
import { surfaceCounter } from './surfaceWords.ts';

/** Adds up a run's accepted documents one by one, so that a run need not fit into memory. */
export function balanceCounter(plan: RunPlan): {
  readonly add: (document: Document) => void;
  readonly result: () => Balance;
} {
  const counts = newCounts(plan);
  const surface = new Map((plan.relations ?? []).map(({ name }) => [name, surfaceCounter()]));
  const [only] = plan.relations ?? [];
  return {
    add: (document) => {
      addDocument(counts, document, plan.task);
      const { relation = only?.name } = document.meta;
      if (typeof relation === 'string') surface.get(relation)?.add(document);
    },
    result: () => {
      const found = [...surface].flatMap(([name, counter]) => {
        const result = counter.result();
        return result === undefined ? [] : [[name, result] as const];
      });
      const balance = balanceOf(counts, plan);
      return found.length === 0 ? balance : { ...balance, surface: Object.fromEntries(found) };
    },
  };
}

interface LabelCount {
  mentions: number;
  texts: number;
  readonly names: Set<string>;
}

interface Counts {
  readonly lengths: number[];
  readonly texts: RunCount;
  readonly ofLabel: Map<string, LabelCount>;
  readonly ofStyle: Map<string, number>;
  readonly ofTopic: Map<string, number>;
  /** Uses of the topics of each type. */
  readonly ofTopicType: Map<string, number>;
  /** Uses of a topic whose name is tagged, but as another type. */
  retyped: number;
  readonly typeOf: ReadonlyMap<string, string>;
  /** Matches texts with a counter-example. */
  readonly lookalike: RegExp | undefined;
  confusable: number;
  /** Whether a model wrote the texts. Its prompt lists the counter-examples to use; the offline templates do not. */
  isByModel: boolean;
}

function newCounts(plan: RunPlan): Counts {
  const topics = topicsFor(plan);
  return {
    lengths: [],
    texts: { accepted: 0, acceptedNegative: 0 },
    ofLabel: new Map(labelsFor(plan).map((label) => [label, newLabelCount()])),
    ofStyle: new Map(stylesFor(plan).map(({ name }) => [name, 0])),
    ofTopic: new Map(topics.map(({ name }) => [name, 0])),
    ofTopicType: new Map(),
    retyped: 0,
    typeOf: new Map(topics.map(({ name, type }) => [name, type])),
    lookalike: plan.task === 'ner' ? lookalikePattern(plan.project) : undefined,
    confusable: 0,
    isByModel: false,
  };
}

function newLabelCount(): LabelCount {
  return { mentions: 0, texts: 0, names: new Set() };
}

function addDocument(
  counts: Counts,
  { text, spans, relations, meta }: Document,
  task: RunPlan['task'],
): void {
  counts.lengths.push(text.length);
  const isNegative = (task === 'ner' ? spans : relations).length === 0;
  if (isNegative && counts.lookalike?.test(text) === true) counts.confusable++;
  const { provider, relation, style, seeds } = meta;
  if (provider !== 'offline') counts.isByModel = true;
  addTexts(counts.texts, {
    texts: 1,
    negatives: isNegative ? 1 : 0,
    ...(typeof relation === 'string' ? { relation } : {}),
  });
  addSpans(counts.ofLabel, text, spans);
  if (typeof style === 'string') addOne(counts.ofStyle, style);
  for (const topic of Array.isArray(seeds) ? seeds : []) {
    if (typeof topic !== 'string') continue;
    addOne(counts.ofTopic, topic);
    const type = counts.typeOf.get(topic) ?? '';
    addOne(counts.ofTopicType, type);
    if (type !== '' && spans.every(({ label }) => label !== type)) counts.retyped++;
  }
}

function addSpans(ofLabel: Counts['ofLabel'], text: string, spans: Document['spans']): void {
  for (const label of new Set(spans.map((span) => span.label))) {
    const count = ofLabel.get(label) ?? newLabelCount();
    ofLabel.set(label, count);
    count.texts++;
  }
  for (const { label, start, end } of spans) {
    const count = ofLabel.get(label);
    if (count === undefined) continue;
    count.mentions++;
    count.names.add(text.slice(start, end).toLowerCase());
  }
}

function addOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function balanceOf(counts: Counts, plan: RunPlan): Balance {
  const { texts, lookalike, confusable, isByModel, lengths } = counts;
  const asked = negativeShare(plan);
  const hasConfusable = lookalike !== undefined && isByModel && asked > 0;
  const { confusableShare } = plan.project.generation;
  return {
    texts: lengths.length,
    negative: { asked, got: part(texts.acceptedNegative, lengths.length) },
    ...(hasConfusable
      ? { confusable: { asked: confusableShare, got: part(confusable, texts.acceptedNegative) } }
      : {}),
    labels: labelBalance(counts, plan),
    styles: styleBalance(counts, plan),
    lengths: quartiles(lengths),
    seeds: coverage(counts, topicsFor(plan)),
    ...((plan.relations ?? []).length > 1 ? { relations: relationBalance(plan, texts) } : {}),
  };
}

/** 0 if there is nothing to be a part of. */
function part(count: number, of: number): number {
  return of === 0 ? 0 : count / of;
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

function labelBalance({ ofLabel, ofTopicType }: Counts, plan: RunPlan): Balance['labels'] {
  const all = sum([...ofLabel.values()].map(({ mentions }) => mentions));
  const uses = sum(ofTopicType.values());
  const topics = topicsFor(plan);
  const types = new Set(topics.map(({ type }) => type));
  // The first pass through the topics is in their order, so a short run has only seen the first of them.
  const seen = topics.slice(0, Math.max(1, uses));
  return Object.fromEntries(
    [...ofLabel].map(([label, { mentions, texts, names }]) => {
      const asked =
        plan.typesTakeTurns === true
          ? 1 / types.size
          : part(seen.filter(({ type }) => type === label).length, seen.length);
      const asNames = { asked, got: part(ofTopicType.get(label) ?? 0, uses) };
      const share = part(mentions, all);
      return [label, { mentions, texts, names: names.size, share, ...(types.has(label) ? { asNames } : {}) }];
    }),
  );
}

function styleBalance({ ofStyle, lengths }: Counts, plan: RunPlan): Balance['styles'] {
  const weights = new Map(stylesFor(plan).map(({ name, weight = 1 }) => [name, weight]));
  const all = sum(stylesFor(plan).map(({ weight = 1 }) => weight));
  return Object.fromEntries(
    [...ofStyle].map(([name, count]) => [
      name,
      { asked: (weights.get(name) ?? 0) / all, got: part(count, lengths.length) },
    ]),
  );
}

function quartiles(lengths: readonly number[]): Balance['lengths'] {
  const sorted = lengths.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return [at(0), at(0.25), at(0.5), at(0.75), at(1)];
}

function coverage(
  { ofTopic, ofTopicType, retyped }: Counts,
  { length: asked }: readonly Topic[],
): TopicCoverage {
  const counts = [...ofTopic.values()];
  const uses = sum(ofTopicType.values());
  return {
    asked,
    used: counts.filter((count) => count > 0).length,
    uses,
    ...(retyped === 0 ? {} : { retyped }),
    most: counts.reduce((most, count) => Math.max(most, count), 0),
    even: part(uses, asked),
  };
}

function relationBalance(
  plan: RunPlan,
  { accepted, ofRelation }: RunCount,
): NonNullable<Balance['relations']> {
  const { relations = [] } = plan;
  const asked = negativeShare(plan);
  return Object.fromEntries(
    relations.map(({ name }) => {
      const has = ofRelation?.get(name) ?? { accepted: 0, acceptedNegative: 0 };
      return [
        name,
        {
          share: { asked: 1 / relations.length, got: part(has.accepted, accepted) },
          negative: { asked, got: part(has.acceptedNegative, has.accepted) },
        },
      ];
    }),
  );
}
