import { overlap } from '../corpus/document.ts';
import { type DocumentRelation, endsKey, type RelatedText } from './documentRelation.ts';
import type { ErrorKind } from './report.ts';

/** How a gold and a predicted relation stand to each other, or one without a partner. */
export interface AlignedRelations {
  readonly kind: ErrorKind | 'correct';
  readonly gold?: DocumentRelation;
  readonly predicted?: DocumentRelation;
}

/**
 * Pairs the relations of both sides, each once: equal ones first, then those that join the same mentions under
 * another label (`type`), then those of one label whose mentions overlap at both ends (`boundary`).
 */
export function alignRelations({ gold, predicted }: RelatedText): readonly AlignedRelations[] {
  const aligned: AlignedRelations[] = [];
  const [missing, extra] = [new Set(gold), new Set(predicted)];
  const pairUp = (
    kind: AlignedRelations['kind'],
    fits: (gold: DocumentRelation, predicted: DocumentRelation) => boolean,
    keyOf: (relation: DocumentRelation) => string,
  ): void => {
    const candidates = Map.groupBy(extra, keyOf);
    for (const wanted of missing) {
      const partner = candidates.get(keyOf(wanted))?.find((guess) => extra.has(guess) && fits(wanted, guess));
      if (partner === undefined) continue;
      aligned.push({ kind, gold: wanted, predicted: partner });
      missing.delete(wanted);
      extra.delete(partner);
    }
  };
  pairUp('correct', (a, b) => a.label === b.label, endsKey);
  pairUp('type', () => true, endsKey);
  pairUp(
    'boundary',
    (a, b) => overlap(a.head, b.head) && overlap(a.tail, b.tail),
    ({ label }) => label,
  );
  return [
    ...aligned,
    ...[...missing].map((relation) => ({ kind: 'missed' as const, gold: relation })),
    ...[...extra].map((relation) => ({ kind: 'spurious' as const, predicted: relation })),
  ];
}
