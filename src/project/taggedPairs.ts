import type { Document, Relation } from '../corpus/document.ts';
import type { JoiningType } from './relationSchema.ts';

/** What a file of tagged pairs calls their relation: that there is one. */
export const mereRelation = '1';

/**
 * The documents, with the relations that are only said to be there called by the type that joins two such mentions, and
 * going from its head to its tail. They stay as they are where none of the types does, or several do.
 */
export function nameTaggedPairs(
  documents: readonly Document[],
  types: readonly JoiningType[],
): readonly Document[] {
  return documents.map((document) =>
    document.relations.some(({ label }) => label === mereRelation)
      ? { ...document, relations: document.relations.map((relation) => named(relation, document, types)) }
      : document,
  );
}

function named(relation: Relation, { spans }: Document, types: readonly JoiningType[]): Relation {
  if (relation.label !== mereRelation) return relation;
  const [head, tail] = [relation.head, relation.tail].map(
    (id) => spans.find((span) => span.id === id)?.label,
  );
  const [type, ...more] = types.filter(
    (one) => (one.head === head && one.tail === tail) || (one.head === tail && one.tail === head),
  );
  if (type === undefined || more.length > 0) return relation;
  const isExchanged = type.head !== head;
  return {
    ...relation,
    label: type.name,
    head: isExchanged ? relation.tail : relation.head,
    tail: isExchanged ? relation.head : relation.tail,
  };
}
