import type { LocatedText } from '../corpus/locatedTexts.ts';
import { overlapFinder } from './overlaps.ts';

/** A run of words that a text shares with one of the user's own texts. Lines count from 1. */
export interface Copy {
  readonly file: string;
  readonly line: number;
  readonly words: number;
  readonly ownFile: string;
  readonly ownLine: number;
}

/**
 * Returns a function that finds the runs of at least `minWords` words that a text copies from the user's `own` texts.
 */
export function copyFinder(
  own: readonly LocatedText[],
  minWords: number,
): (text: LocatedText) => readonly Copy[] {
  const finder = overlapFinder(
    own.map(({ text }) => text),
    minWords,
  );
  return (text) =>
    finder.find(text.text).flatMap(({ start, words, reference, referenceStart }) => {
      const source = own[reference];
      if (source === undefined) return [];
      return [
        {
          file: text.file,
          line: text.lineAt(start),
          words,
          ownFile: source.file,
          ownLine: source.lineAt(referenceStart),
        },
      ];
    });
}
