import type { Attribute, Relation } from '../../document.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import type { ConceptRelation } from '../conceptRelations.ts';
import type { BiocPart, BiocRelation, Infons } from './model.ts';

const labelNames = ['type', 'relation', 'relation type', 'label'];

/** Roles of the end from which a relation starts; without one, the order of the nodes counts. */
const headRole = /^(?:arg1|head|subj|source|from|agent|cause|theme1)/iu;

/** The relations of a document, its passages and its sentences. */
export function relationsIn(part: BiocPart): readonly BiocRelation[] {
  return part.relations.concat(part.parts.flatMap(relationsIn));
}

function labelOfRelation(infons: Infons): string {
  const name = labelNames.find((key) => (infons.get(key) ?? '') !== '');
  return (name === undefined ? undefined : infons.get(name)) ?? 'relation';
}

/** A relation that names two concepts and no annotations (BC5CDR, BioRED, PubTator 3); undefined if it is another one. */
export function conceptRelation({ infons, nodes, line }: BiocRelation): ConceptRelation | undefined {
  if (nodes.length > 1 && !infons.has('role1')) return undefined;
  const named = ['entity1', 'entity2', 'role1', 'role2'].flatMap((name) => infons.get(name) ?? []);
  const others = [...infons].filter(([name]) => !labelNames.includes(name) && name !== 'novel');
  const [head, tail] = named.length === 2 ? named : others.map(([, value]) => value);
  if (head === undefined || tail === undefined || (named.length !== 2 && others.length !== 2))
    return undefined;
  const novel = infons.get('novel');
  return { label: labelOfRelation(infons), head, tail, more: novel === undefined ? [] : [novel], line };
}

/** The relations between two mentions, by the IDs of their annotations. Relations of more are left out. */
export function mentionRelations(
  relations: readonly BiocRelation[],
  spanIds: ReadonlyMap<string, string>,
  notes: ReadingNotes,
): { readonly relations: Relation[]; readonly attributes: Omit<Attribute, 'id'>[] } {
  const read: Relation[] = [];
  const attributes: Omit<Attribute, 'id'>[] = [];
  for (const { infons, nodes, line } of relations) {
    const [head, tail, ...more] = nodes
      .toSorted((a, b) => Number(headRole.test(b.role)) - Number(headRole.test(a.role)))
      .map(({ refid }) => spanIds.get(refid));
    if (head === undefined || tail === undefined || more.length > 0) {
      const things = 'relations that do not join two annotations';
      notes.leftOut(line, 'relation that does not join two annotations', things);
      continue;
    }
    const label = labelOfRelation(infons);
    const target = `R${read.length + 1}`;
    read.push({ id: target, head, tail, label, source: 'human' });
    for (const [name, value] of infons) {
      if (!labelNames.includes(name) && value !== '') attributes.push({ target, name, value });
    }
  }
  return { relations: read, attributes };
}
