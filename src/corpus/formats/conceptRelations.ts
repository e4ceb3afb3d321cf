import type { JsonObject } from '../../foundation/json.ts';
import type { Attribute, Relation, Span } from '../document.ts';
import type { ReadingNotes } from '../readingNotes.ts';

/** The name of the attribute that holds the concept of a mention: its ID in a terminology, as the file writes it. */
export const conceptAttribute = 'concept';

/** A relation between two concepts of a text, not between two of its mentions. */
export interface ConceptRelation {
  readonly label: string;
  readonly head: string;
  readonly tail: string;
  /** Further columns (novelty). */
  readonly more?: readonly string[];
  /** The line of the file, from 1. */
  readonly line: number;
}

/** With more pairs of mentions than this for one relation, only the nearest ones are joined. */
const mostPairs = 1000;

/**
 * The relations of mentions that relations of concepts stand for: every mention of the one concept with every mention of
 * the other, as corpora with such relations (BC5CDR, BioRED) are commonly used for training. `meta` keeps them as they are
 * written, also those with a concept that has no mention, which are reported. `before` is the number of other relations.
 */
export function joinConcepts(
  concepts: readonly ConceptRelation[],
  spans: readonly Span[],
  attributes: readonly Attribute[],
  notes: Pick<ReadingNotes, 'leftOut'>,
  before = 0,
): { readonly relations: Relation[]; readonly meta: JsonObject } {
  const mentionsOf = mentionsByConcept(spans, attributes);
  const joined = new Map<string, Relation>();
  for (const { label, line, ...ends } of concepts) {
    const pairs = pairsOf(mentionsOf(ends.head), mentionsOf(ends.tail));
    if (pairs.length === 0) notes.leftOut(line, `relation ${withoutMention}`, `relations ${withoutMention}`);
    for (const [head, tail] of pairs) {
      const key = JSON.stringify([label, head.id, tail.id]);
      const id = `R${before + joined.size + 1}`;
      if (!joined.has(key)) joined.set(key, { id, head: head.id, tail: tail.id, label, source: 'human' });
    }
  }
  const rows = concepts.map(({ label, head, tail, more = [] }) => [label, head, tail].concat(more));
  return { relations: [...joined.values()], meta: rows.length === 0 ? {} : { conceptRelations: rows } };
}

const withoutMention = 'of concepts without a mention (kept in "meta")';

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
