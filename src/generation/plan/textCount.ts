import type { RequestSpec } from './requestSpec.ts';

/** Numbers of texts of a run, accepted or expected. */
export interface TextCount {
  accepted: number;
  /** Of a mention run: without a mention. Of a relation run: without the relation. */
  acceptedNegative: number;
}

/** The texts of a run. The next request depends on them and on the plan. */
export interface RunCount extends TextCount {
  /** The same by relation, if a run is about several. */
  ofRelation?: Map<string, TextCount>;
}

/** The part of a request, or of its record, that says how many texts it is for. */
interface Wish {
  readonly texts: number;
  readonly negatives: number;
  /** If the run is about several. */
  readonly relation?: string;
}

/** The sum of several counts. */
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
export function addTexts(count: RunCount, { texts, negatives, relation }: Wish): void {
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

/** The texts of a request if all of them are accepted. */
export function wishOf(spec: RequestSpec): Wish {
  return spec.task === 'ner'
    ? { texts: spec.texts, negatives: spec.entityFree }
    : {
        texts: spec.texts,
        negatives: spec.negative,
        ...(spec.isOneOfSeveral === true ? { relation: spec.relation.name } : {}),
      };
}
