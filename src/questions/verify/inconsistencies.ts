import type { TaggedText } from '../../corpus/tagged/inlineTags.ts';
import type { Doubt } from './doubt.ts';
import { labelledNames, type NameUse, nameUses } from '../../corpus/tagged/nameUses.ts';

/** How a name is used in the whole run. */
interface Uses {
  readonly byLabel: Map<string, number>;
  bare: number;
  cut: number;
}

/**
 * Other uses must be at least this share of all. Only the minority is in doubt: one mistake does not put a hundred texts in
 * doubt, and the texts of the majority need not be asked about to mend it.
 */
const leastShare = 0.5;

/**
 * Names that are labelled one way in some texts of a run and another way in others: unlabelled, with another type, or with
 * other boundaries. Returns a list for each text, in a time that grows with the number of words.
 */
export function inconsistencies(texts: readonly TaggedText[]): readonly (readonly Doubt[])[] {
  const names = labelledNames(texts);
  const uses = texts.map((text) => nameUses(text, names));
  const counts = countUses(uses.flat());
  return texts.map((text, index) =>
    (uses[index] ?? []).flatMap((use) => {
      const doubt = doubtOf(text, use, counts.get(use.key));
      return doubt === undefined ? [] : [doubt];
    }),
  );
}

function countUses(uses: readonly NameUse[]): ReadonlyMap<string, Uses> {
  const counts = new Map<string, Uses>();
  for (const { key, use } of uses) {
    const own = counts.get(key) ?? { byLabel: new Map(), bare: 0, cut: 0 };
    counts.set(key, own);
    if (use.kind === 'labelled') own.byLabel.set(use.label, (own.byLabel.get(use.label) ?? 0) + 1);
    else own[use.kind]++;
  }
  return counts;
}

function doubtOf({ text }: TaggedText, { range, use }: NameUse, counts: Uses | undefined): Doubt | undefined {
  if (counts === undefined) return undefined;
  const name = `"${text.slice(range.start, range.end)}"`;
  const labelled = [...counts.byLabel.values()].reduce((sum, count) => sum + count, 0);
  const all = labelled + counts.bare + counts.cut;
  const usual = [...counts.byLabel].sort(([, a], [, b]) => b - a).map(([label]) => label);
  const doubt = (others: number, reason: string): Doubt | undefined =>
    others / all < leastShare ? undefined : { reason, strength: others / all, range };
  switch (use.kind) {
    case 'bare':
      return doubt(labelled, `${name} is not tagged here, but ${usual.join(' or ')} ${elsewhere(labelled)}`);
    case 'cut': {
      const { start, end, label } = use.mention;
      return doubt(
        labelled,
        `${name} is tagged as a whole (${usual.join(' or ')}) ${elsewhere(labelled)}; here the tag (${label}) holds ` +
          `"${text.slice(start, end)}"`,
      );
    }
    case 'labelled': {
      const otherwise = labelled - (counts.byLabel.get(use.label) ?? 0);
      const parts = [
        otherwise > 0
          ? `${usual.filter((label) => label !== use.label).join(' or ')} ${elsewhere(otherwise)}`
          : '',
        counts.bare > 0 ? `not tagged ${elsewhere(counts.bare)}` : '',
        counts.cut > 0 ? `tagged only in part ${elsewhere(counts.cut)}` : '',
      ].filter((part) => part !== '');
      return doubt(
        otherwise + counts.bare + counts.cut,
        `${name} is ${use.label} here, but ${parts.join(', and ')}`,
      );
    }
  }
}

function elsewhere(count: number): string {
  return count === 1 ? 'at one other place' : `at ${count} other places`;
}
