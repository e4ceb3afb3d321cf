import type { TextRange } from '../corpus/document.ts';
import { alignMentions, type Alignment } from './align.ts';
import { type Mention, type MentionFilter, mentionsOf } from './mention.ts';
import type { DocumentPair } from './pairDocuments.ts';
import { sharedOffsets } from './sharedOffsets.ts';

/** A text with its gold and predicted mentions, compared. */
export interface ScoredText {
  readonly id: string;
  readonly text: string;
  readonly gold: readonly Mention[];
  readonly predicted: readonly Mention[];
  readonly alignments: readonly Alignment[];
  /** Starts of the sentences of the gold text (or of its lines, if it has none), in shared offsets. */
  readonly sentenceStarts: readonly number[];
  /** Converts a range in shared offsets to a range of `text`. */
  readonly toGold: (range: TextRange) => TextRange;
}

/** Throws `UserError` with document and line if the two texts differ. */
export function scoreText(pair: DocumentPair, filter: MentionFilter): ScoredText {
  const { fromGold, fromPredicted, inkBefore, toGold } = sharedOffsets(pair);
  const gold = mentionsOf(pair.gold, fromGold, { ...filter, inkBefore });
  const predicted = mentionsOf(pair.predicted, fromPredicted, { ...filter, inkBefore });
  const { text, sentences } = pair.gold;
  return {
    id: pair.gold.id,
    text,
    gold,
    predicted,
    alignments: alignMentions(gold, predicted),
    sentenceStarts: (sentences?.map(({ start }) => start) ?? startsOfFilledLines(text)).map(fromGold),
    toGold,
  };
}

function startsOfFilledLines(text: string): number[] {
  return [...text.matchAll(/^.*\S/gmu)].map(({ index }) => index);
}
