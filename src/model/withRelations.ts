import type { Document, Relation } from '../corpus/document.ts';
import { takeFreeId } from '../corpus/freeId.ts';
import type { PossibleRelation } from '../project/relationCandidates.ts';
import type { RelationSchema } from '../project/relationSchema.ts';

export interface FoundRelation extends PossibleRelation {
  readonly score: number;
}

/**
 * The document with `found` in place of its relations of the schema's types. A relation that was there before
 * keeps its id, others get new ones: notes and attributes about a relation that is gone go to no other.
 */
export function withRelations(
  document: Document,
  found: readonly FoundRelation[],
  { types }: RelationSchema,
): Document {
  const names = new Set(types.map(({ name }) => name));
  const taken = new Set(document.relations.map(({ id }) => id));
  const before = new Map(document.relations.map((relation) => [meaningOf(relation), relation.id]));
  const kept = document.relations.filter(({ label }) => !names.has(label));
  const relations = onceEach(found).map(({ type, head, tail, score }): Relation => {
    const meaning = meaningOf({ head: head.id, tail: tail.id, label: type.name });
    const id = before.get(meaning) ?? takeFreeId('R', taken);
    return { id, head: head.id, tail: tail.id, label: type.name, score, source: 'model' };
  });
  const all = [...kept, ...relations];
  const ids = new Set(all.map(({ id }) => id));
  return {
    ...document,
    relations: all,
    attributes: document.attributes.filter(({ target }) => ids.has(target) || !taken.has(target)),
  };
}

/** A symmetric relation that was found both ways is one, with the better score. */
function onceEach(found: readonly FoundRelation[]): FoundRelation[] {
  const best = new Map<string, FoundRelation>();
  for (const relation of found) {
    const { type, head, tail, score } = relation;
    const ends = type.symmetric === true ? [head.id, tail.id].sort() : [head.id, tail.id];
    const key = JSON.stringify([type.name, ...ends]);
    if (score > (best.get(key)?.score ?? 0)) best.set(key, relation);
  }
  return [...best.values()];
}

function meaningOf({ head, tail, label }: Pick<Relation, 'head' | 'tail' | 'label'>): string {
  return JSON.stringify([head, tail, label]);
}
