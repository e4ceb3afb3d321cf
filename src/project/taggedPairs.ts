import type { Document, Relation } from '../corpus/document.ts';
import type { JoiningType } from './relationSchema.ts';

/** The label of a relation in a file of tagged pairs, which only says that the pair is related. */
export const mereRelation = '1';

/**
 * Gives relations of tagged pairs the name and direction of the relation type that joins their mentions. They are unchanged
 * if no type or several types join these mentions.
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
