import type { Relation, Span } from '../../corpus/document.ts';
import type { Prediction } from '../predictionStore.ts';

/** A relation with its mentions. */
export interface JoinedSpans {
  readonly relation: Relation;
  readonly head: Span;
  readonly tail: Span;
}

/** The relations of a mention, as head or tail. */
export function relationsOf({ id }: Span, { spans, relations = [] }: Prediction): readonly JoinedSpans[] {
  const own = relations.filter(({ head, tail }) => head === id || tail === id);
  if (own.length === 0) return [];
  const byId = new Map(spans.map((span) => [span.id, span]));
  return own.flatMap((relation) => {
    const [head, tail] = [byId.get(relation.head), byId.get(relation.tail)];
    return head === undefined || tail === undefined ? [] : [{ relation, head, tail }];
  });
}

/** `BRCA1 → association → breast cancer (0.934)`. */
export function relationText({ relation, head, tail }: JoinedSpans, text: string): string {
  const words = ({ start, end }: Span): string => text.slice(start, end).replaceAll(/\s+/gu, ' ');
  const score = relation.score === undefined ? '' : ` (${relation.score.toFixed(3)})`;
  return `${words(head)} → ${relation.label} → ${words(tail)}${score}`;
}
