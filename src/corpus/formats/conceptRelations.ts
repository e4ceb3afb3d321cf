import type { Attribute, Relation, Span } from '../document.ts';

/** The name of the attribute that holds the concept of a mention: its ID in a terminology, as the file writes it. */
export const conceptAttribute = 'concept';

/** A relation between two concepts of a text, not between two of its mentions. `more`: further columns (novelty). */
export interface ConceptRelation {
  readonly label: string;
  readonly head: string;
  readonly tail: string;
  readonly more?: readonly string[];
}

/** With more pairs of mentions than this for one relation, only the nearest ones are joined. */
const mostPairs = 2500;

/**
 * The relations of mentions that a relation of concepts stands for: every mention of the one with every mention of the
 * other, as corpora with such relations (BC5CDR, BioRED) are commonly used for training. `unplaced` are the relations
 * with a concept that has no mention.
 */
export function joinConcepts(
  relations: readonly ConceptRelation[],
  spans: readonly Span[],
  attributes: readonly Attribute[],
): { readonly relations: Relation[]; readonly unplaced: readonly ConceptRelation[] } {
  const mentionsOf = mentionsByConcept(spans, attributes);
  const joined = new Map<string, Relation>();
  const unplaced: ConceptRelation[] = [];
  for (const relation of relations) {
    const { label } = relation;
    const pairs = pairsOf(mentionsOf(relation.head), mentionsOf(relation.tail));
    if (pairs.length === 0) unplaced.push(relation);
    for (const [head, tail] of pairs) {
      const key = `${label}\t${head.id}\t${tail.id}`;
      if (joined.has(key)) continue;
      joined.set(key, {
        id: `R${joined.size + 1}`,
        head: head.id,
        tail: tail.id,
        label,
        source: 'human',
      });
    }
  }
  return { relations: [...joined.values()], unplaced };
}

/** A search for the mentions of a concept, by the whole ID or by one of several IDs that a mention has. */
export function mentionsByConcept(
  spans: readonly Span[],
  attributes: readonly Attribute[],
): (concept: string) => readonly Span[] {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const mentions = new Map<string, Set<Span>>();
  for (const { target, name, value = '' } of attributes) {
    const span = name === conceptAttribute ? byId.get(target) : undefined;
    if (span === undefined) continue;
    for (const id of [value, ...value.split(/[|,;+]/u)].map(plainId)) {
      if (id === '' || id === '-' || id === '-1') continue;
      mentions.set(id, (mentions.get(id) ?? new Set()).add(span));
    }
  }
  return (concept) => {
    const whole = mentions.get(plainId(concept));
    if (whole !== undefined) return [...whole];
    // PubTator 3 writes the type and the ID of an end: `Chemical|MESH:D001241`.
    const part = concept.split('|').find((id) => mentions.has(plainId(id)));
    return part === undefined ? [] : [...(mentions.get(plainId(part)) ?? [])];
  };
}

/** Mentions and relations of one text do not always both name the terminology. */
function plainId(id: string): string {
  return id.trim().replace(/^(?:MESH|NCBIGene|Gene):/iu, '');
}

/** The pairs of mentions that a relation of their concepts joins. */
export function pairsOf(heads: readonly Span[], tails: readonly Span[]): (readonly [Span, Span])[] {
  if (heads.length * tails.length > mostPairs) {
    const inOrder = tails.toSorted((a, b) => a.start - b.start);
    return heads.map((head) => [head, nearest(head, inOrder)] as const);
  }
  return heads.flatMap((head) =>
    tails.filter(({ id }) => id !== head.id).map((tail) => [head, tail] as const),
  );
}

/** The one of `spans` (which are in text order and not empty) that begins nearest to `span`. */
function nearest(span: Span, spans: readonly Span[]): Span {
  let [low, high] = [0, spans.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle] as Span).start < span.start) low = middle + 1;
    else high = middle;
  }
  const [after, before] = [spans[low] as Span, spans[Math.max(0, low - 1)] as Span];
  return span.start - before.start < after.start - span.start || after.id === span.id ? before : after;
}
