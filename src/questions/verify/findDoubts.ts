import type { Document } from '../../corpus/document.ts';
import type { TaggedText } from '../../corpus/tagged/inlineTags.ts';
import { disagreements } from './disagreements.ts';
import type { Doubt } from './doubt.ts';
import { inconsistencies } from './inconsistencies.ts';
import { modifierDoubts } from './modifiers.ts';

/** A text of a run with its id. */
export interface NamedText extends TaggedText {
  readonly id: string;
}

/** A text and what is in doubt in it. */
interface DoubtfulText<T extends TaggedText> {
  readonly text: T;
  /** The strongest first. */
  readonly doubts: readonly Doubt[];
}

/**
 * The texts of a run whose labels are in doubt, those with most doubts first. They are compared with the other texts and,
 * if there are any, with a model's predictions for the same texts. `labels` are the types that count.
 */
export function findDoubts<T extends NamedText>(
  texts: readonly T[],
  labels: readonly string[],
  predictions: readonly Document[] = [],
): readonly DoubtfulText<T>[] {
  const seen = texts.map(({ text, mentions }) => ({
    text,
    mentions: mentions.filter(({ label }) => labels.includes(label)),
  }));
  const byNames = inconsistencies(seen);
  const byModifiers = modifierDoubts(seen);
  const byText = new Map(predictions.map((document) => [document.text, document]));
  const byId = new Map(predictions.map((document) => [document.id, document]));
  return texts
    .map((text, index) => {
      const named = byId.get(text.id);
      const predicted = named?.text === text.text ? named : byText.get(text.text);
      const doubts = [
        ...(byNames[index] ?? []),
        ...(byModifiers[index] ?? []),
        ...(predicted === undefined ? [] : disagreements(text, predicted, labels)),
      ];
      return { text, doubts: doubts.sort((a, b) => b.strength - a.strength) };
    })
    .filter(({ doubts }) => doubts.length > 0)
    .sort((a, b) => weightOf(b.doubts) - weightOf(a.doubts));
}

function weightOf(doubts: readonly Doubt[]): number {
  return doubts.reduce((sum, { strength }) => sum + strength, 0);
}
