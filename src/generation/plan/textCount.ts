import type { RequestSpec } from './requestSpec.ts';

/** How many texts a run has accepted, or expects to accept. */
export interface TextCount {
  accepted: number;
  /** Those without a mention, or, in a relation run, without the relation. */
  acceptedNegative: number;
}

/** The counts of a run. Apart from the plan, the next request depends on nothing else. */
export interface RunCount extends TextCount {
  /** The counts by relation, if the run has several. */
  ofRelation?: Map<string, TextCount>;
}

/** How many texts a request asks for. */
interface RequestedTexts {
  readonly texts: number;
  readonly negatives: number;
  /** Set if the run has several relations. */
  readonly relation?: string;
}

export function sumOfCounts(counts: readonly RunCount[]): RunCount {
  const sum: RunCount = { accepted: 0, acceptedNegative: 0 };
  for (const { accepted, acceptedNegative, ofRelation } of counts) {
    sum.accepted += accepted;
    sum.acceptedNegative += acceptedNegative;
    for (const [relation, count] of ofRelation ?? []) addOfRelation(sum, relation, count);
  }
  return sum;
}

/** Adds texts to a count. */
export function addTexts(count: RunCount, { texts, negatives, relation }: RequestedTexts): void {
  count.accepted += texts;
  count.acceptedNegative += negatives;
  if (relation === undefined) return;
  addOfRelation(count, relation, { accepted: texts, acceptedNegative: negatives });
}

function addOfRelation(count: RunCount, relation: string, { accepted, acceptedNegative }: TextCount): void {
  count.ofRelation ??= new Map();
  const before = count.ofRelation.get(relation);
  count.ofRelation.set(relation, {
    accepted: (before?.accepted ?? 0) + accepted,
    acceptedNegative: (before?.acceptedNegative ?? 0) + acceptedNegative,
  });
}

/** The texts that a request adds to a run if all of them are accepted. */
export function requestedTexts(spec: RequestSpec): RequestedTexts {
  return spec.task === 'ner'
    ? { texts: spec.texts, negatives: spec.entityFree }
    : {
        texts: spec.texts,
        negatives: spec.negative,
        ...(spec.isOneOfSeveral === true ? { relation: spec.relation.name } : {}),
      };
}
