import { type Document, overlap, type Span } from '../../corpus/document.ts';
import type { Mention, TaggedText } from '../../corpus/tagged/inlineTags.ts';
import type { Doubt } from './doubt.ts';

/** How much a small model counts against labels of a large one: a share of its score, or this if it gives no score. */
const scoreWeight = 0.5;
const usualStrength = 0.25;

/**
 * Where the predictions of a model for a text differ from its labels. `labels` are the types that count: a model may know
 * fewer than the run has.
 */
export function disagreements(
  { text, mentions }: TaggedText,
  predicted: Document,
  labels: readonly string[],
): readonly Doubt[] {
  const found = predicted.spans.filter(
    ({ label, fragments }) => labels.includes(label) && fragments === undefined,
  );
  const own = mentions.filter(({ label }) => labels.includes(label));
  const words = ({ start, end }: Mention | Span): string => `"${text.slice(start, end)}"`;
  const missed = own
    .filter((mention) => !found.some((span) => overlap(span, mention)))
    .map((mention) => ({
      reason: `a small model does not find ${words(mention)} (${mention.label})`,
      strength: usualStrength,
      range: mention,
    }));
  const others = found.flatMap((span): readonly Doubt[] => {
    const met = mentions.filter((mention) => overlap(span, mention));
    const [first] = met;
    const doubt = (reason: string): readonly Doubt[] => [
      { reason, strength: span.score === undefined ? usualStrength : scoreWeight * span.score, range: span },
    ];
    if (first === undefined) {
      return doubt(`a small model takes ${words(span)} for ${span.label}; it is not tagged`);
    }
    if (met.length === 1 && first.start === span.start && first.end === span.end) {
      return first.label === span.label
        ? []
        : doubt(`a small model takes ${words(span)} for ${span.label}, not ${first.label}`);
    }
    return doubt(
      `a small model takes ${words(span)} for ${span.label}; the tag holds ` +
        met.map((mention) => `${words(mention)} (${mention.label})`).join(' and '),
    );
  });
  return [...missed, ...others];
}
