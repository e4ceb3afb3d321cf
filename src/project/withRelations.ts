import type { Document, Relation, Source } from '../corpus/document.ts';
import { takeFreeId } from '../corpus/freeId.ts';
import type { PossibleRelation } from './relationCandidates.ts';
import type { RelationSchema } from './relationSchema.ts';

export interface FoundRelation extends PossibleRelation {
  /** A probability, if one is known. */
  readonly score?: number;
}

/**
 * Replaces the document's relations of the schema's types with `found`. A relation that was there before keeps its id, and
 * new ones get unused ids, so that attributes of a removed relation are not attached to another.
 */
export function withRelations(
  document: Document,
  found: readonly FoundRelation[],
  { types }: RelationSchema,
  source: Source,
): Document {
  const labels = new Map(document.spans.map(({ id, label }) => [id, label]));
  const isJudged = ({ label, head, tail }: Relation): boolean =>
    types.some((type) => {
      const joins = (from: string, to: string): boolean =>
        type.head === labels.get(from) && type.tail === labels.get(to);
      return type.name === label && (joins(head, tail) || (type.symmetric === true && joins(tail, head)));
    });
  const taken = new Set(document.relations.map(({ id }) => id));
  const before = new Map(document.relations.map((relation) => [meaningOf(relation), relation.id]));
  const kept = document.relations.filter((relation) => !isJudged(relation));
  const relations = onceEach(found).map(({ type, head, tail, score }): Relation => {
    const meaning = meaningOf({ head: head.id, tail: tail.id, label: type.name });
    const id = before.get(meaning) ?? takeFreeId('R', taken);
    const relation = { id, head: head.id, tail: tail.id, label: type.name, source };
    return score === undefined ? relation : Object.assign(relation, { score });
  });
  const all = [...kept, ...relations];
  const ids = new Set(all.map(({ id }) => id));
  return {
    ...document,
    relations: all,
    attributes: document.attributes.filter(({ target }) => ids.has(target) || !taken.has(target)),
  };
}

/** Joins a symmetric relation that was found both ways into one, with the better score. */
function onceEach(found: readonly FoundRelation[]): FoundRelation[] {
  const best = new Map<string, FoundRelation>();
  for (const relation of found) {
    const { type, head, tail, score } = relation;
    const ends = type.symmetric === true ? [head.id, tail.id].sort() : [head.id, tail.id];
    const key = JSON.stringify([type.name, ...ends]);
    const other = best.get(key);
    if (other === undefined || (score ?? 0) > (other.score ?? 0)) best.set(key, relation);
  }
  return [...best.values()];
}

function meaningOf({ head, tail, label }: Pick<Relation, 'head' | 'tail' | 'label'>): string {
  return JSON.stringify([head, tail, label]);
}
