import type { TextRange } from '../corpus/document.ts';
import { lineIndex } from '../corpus/lines.ts';
import { UserError } from '../foundation/userError.ts';
import type { DocumentPair } from './pairDocuments.ts';

/** Offsets that mean the same place in both versions of a text. */
export interface SharedOffsets {
  readonly fromGold: (offset: number) => number;
  readonly fromPredicted: (offset: number) => number;
  /** How many characters other than white space are before a shared offset. */
  readonly inkBefore: (offset: number) => number;
  /** A shared range as a range of the gold text. */
  readonly toGold: (range: TextRange) => TextRange;
}

const identity = (offset: number): number => offset;

/**
 * Equal texts share their UTF-16 offsets. Texts that differ only in white space (other line ends, tokens
 * joined again by blanks) share the count of the characters before a place that are no white space.
 * Throws `UserError` naming document and line where the texts are different ones.
 */
export function sharedOffsets({ gold, predicted }: DocumentPair): SharedOffsets {
  if (gold.text === predicted.text) {
    let ink: Uint32Array | undefined;
    return {
      fromGold: identity,
      fromPredicted: identity,
      inkBefore: (offset) => countBefore((ink ??= inkPositions(gold.text)), offset),
      toGold: (range) => range,
    };
  }
  const goldInk = inkPositions(gold.text);
  const predictedInk = inkPositions(predicted.text);
  const difference = firstDifference(gold.text, goldInk, predicted.text, predictedInk);
  if (difference !== undefined) {
    throw new UserError('The predicted text differs from the gold text here.', {
      place: { file: gold.id, line: lineIndex(gold.text)(difference) },
      nextStep: 'Annotate the gold text again, or give the predictions made on it.',
    });
  }
  return {
    fromGold: (offset) => countBefore(goldInk, offset),
    fromPredicted: (offset) => countBefore(predictedInk, offset),
    inkBefore: identity,
    toGold: ({ start, end }) => ({
      start: goldInk[start] as number,
      end: (goldInk[end - 1] as number) + 1,
    }),
  };
}

/** Where the characters are that are no white space. */
function inkPositions(text: string): Uint32Array {
  const positions = new Uint32Array(text.length);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if (!isWhiteSpace(text.charCodeAt(i))) positions[count++] = i;
  }
  return positions.subarray(0, count);
}

/** Unicode white space in one UTF-16 unit, and the byte order mark. */
function isWhiteSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return /\s/u.test(String.fromCharCode(unit));
}

/** How many of the sorted positions are before `offset`. */
function countBefore(positions: Uint32Array, offset: number): number {
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The gold offset of the first character that the other text doesn't have, or undefined. */
function firstDifference(
  gold: string,
  goldInk: Uint32Array,
  predicted: string,
  predictedInk: Uint32Array,
): number | undefined {
  const shared = Math.min(goldInk.length, predictedInk.length);
  for (let i = 0; i < shared; i++) {
    const at = goldInk[i] as number;
    if (gold.charCodeAt(at) !== predicted.charCodeAt(predictedInk[i] as number)) return at;
  }
  if (goldInk.length === predictedInk.length) return undefined;
  return goldInk[shared] ?? gold.length;
}
