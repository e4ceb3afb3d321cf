import type { Document, Span, TextRange } from '../corpus/document.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import { splitSentences } from '../corpus/sentences.ts';
import { joinCrossed } from '../corpus/tokenisation.ts';
import type { JoiningType, RelationSchema } from './relationSchema.ts';
import { pairText } from './relationText.ts';

/** A relation that could hold between the mentions of a pair. */
export interface PossibleRelation {
  readonly type: JoiningType;
  readonly head: Span;
  readonly tail: Span;
}

/** A pair of mentions that a relation type could join, and the row that a model reads. */
export interface RelationCandidate {
  readonly possible: readonly PossibleRelation[];
  /** Labelled with the relation that the document states (see `labelOf`), or `0`. */
  readonly row: RelationRow;
}

/** The most characters kept on each side of a pair: more than any model reads, for texts without sentence ends. */
const mostAround = 4000;

/**
 * The pairs of a document's mentions, within a window of sentences, that a relation type of the schema could join, in text
 * order. Overlapping mentions are not a pair. Two mentions give one pair for all relation types, but two pairs, one for each
 * direction, if both have the same type and a relation type between them is not symmetric.
 */
export function relationCandidates(document: Document, schema: RelationSchema): RelationCandidate[] {
  const places = placed(document);
  const stated = statedRelations(document);
  const candidates: RelationCandidate[] = [];
  for (const [index, first] of places.spans.entries()) {
    for (let other = index + 1; other < places.spans.length; other++) {
      const second = places.spans[other] as PlacedSpan;
      if (second.from - first.from >= schema.window) break;
      const to = Math.max(first.to, second.to);
      if (to - first.from >= schema.window || second.span.start < first.span.end) continue;
      const end = Math.max(first.span.end, second.span.end);
      const range = {
        start: Math.max(sentenceStart(places, first), first.span.start - mostAround),
        end: Math.min(Math.max(places.sentences[to]?.end ?? 0, end), end + mostAround),
      };
      for (const possible of pairings(first.span, second.span, schema.types)) {
        candidates.push({ possible, row: rowOf(document, range, possible, schema, stated) });
      }
    }
  }
  return candidates;
}

function sentenceStart({ sentences }: Placed, { span, from }: PlacedSpan): number {
  return Math.min(sentences[from]?.start ?? 0, span.start);
}

/** The label of a row with this relation: its name, or `1` as in BioBERT's rows if the schema has only one type. */
function labelOf({ name }: JoiningType, { types }: RelationSchema): string {
  return types.length === 1 ? '1' : name;
}

interface PlacedSpan {
  readonly span: Span;
  /** The indices of the first and the last sentence of the span. */
  readonly from: number;
  readonly to: number;
}

interface Placed {
  readonly sentences: readonly TextRange[];
  readonly spans: readonly PlacedSpan[];
}

function placed(document: Document): Placed {
  const spans = document.spans.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const sentences = document.sentences ?? joinCrossed(splitSentences(document.text), spans);
  let at = 0;
  return {
    sentences,
    spans: spans.map((span) => {
      while (at + 1 < sentences.length && (sentences[at + 1] as TextRange).start <= span.start) at++;
      let to = at;
      while (to + 1 < sentences.length && (sentences[to + 1] as TextRange).start < span.end) to++;
      return { span, from: at, to };
    }),
  };
}

/** The relations that are possible between two mentions, one list for each pair. */
function pairings(
  first: Span,
  second: Span,
  types: readonly JoiningType[],
): readonly (readonly PossibleRelation[])[] {
  const joined = (head: Span, tail: Span): PossibleRelation[] =>
    types
      .filter((type) => type.head === head.label && type.tail === tail.label)
      .map((type) => ({ type, head, tail }));
  const forward = joined(first, second);
  if (first.label !== second.label) {
    const all = [...forward, ...joined(second, first)];
    // The order of the schema, whichever mention comes first in the text.
    const ordered = types.flatMap((type) => all.filter((possible) => possible.type === type));
    return ordered.length === 0 ? [] : [ordered];
  }
  if (forward.length === 0) return [];
  return isOrdered(forward) ? [forward, joined(second, first)] : [forward];
}

/** Whether the labels alone do not show which mention is the head. */
function isOrdered(possible: readonly PossibleRelation[]): boolean {
  return possible.some(({ type, head, tail }) => head.label === tail.label && type.symmetric !== true);
}

function rowOf(
  document: Document,
  range: TextRange,
  possible: readonly PossibleRelation[],
  schema: RelationSchema,
  stated: ReadonlyMap<string, ReadonlySet<string>>,
): RelationRow {
  const pair = possible[0] as PossibleRelation;
  const found = possible.find(({ type, head, tail }) => {
    const states = (one: Span, other: Span): boolean =>
      stated.get(endsKey(one.id, other.id))?.has(type.name) === true;
    return states(head, tail) || (type.symmetric === true && states(tail, head));
  });
  return {
    ...pairText(document.text, range, pair, schema.input, { ordered: isOrdered(possible) }),
    label: found === undefined ? '0' : labelOf(found.type, schema),
    documentId: document.id,
  };
}

/** Labels of relations, by the ids of head and tail. */
function statedRelations({ relations }: Document): ReadonlyMap<string, ReadonlySet<string>> {
  const stated = new Map<string, Set<string>>();
  for (const { head, tail, label } of relations) {
    const key = endsKey(head, tail);
    stated.set(key, (stated.get(key) ?? new Set()).add(label));
  }
  return stated;
}

function endsKey(head: string, tail: string): string {
  return JSON.stringify([head, tail]);
}
