import type { TextRange } from '../corpus/document.ts';
import { lineIndex } from '../corpus/lines.ts';
import { UserError } from '../foundation/userError.ts';
import type { DocumentPair } from './pairDocuments.ts';

/** Shared offsets: they mean the same place in the gold and the predicted version of a text. */
export interface SharedOffsets {
  readonly fromGold: (offset: number) => number;
  readonly fromPredicted: (offset: number) => number;
  /** The number of characters other than white space before a shared offset. */
  readonly inkBefore: (offset: number) => number;
  /** Converts a shared range to a range of the gold text. */
  readonly toGold: (range: TextRange) => TextRange;
}

const identity = (offset: number): number => offset;

/**
 * For equal texts, shared offsets are UTF-16 offsets. For texts that differ only in white space (such as line ends, or
 * tokens joined by spaces), they count the characters before a place without white space. Throws `UserError` with
 * document and line if the texts differ otherwise.
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
      nextStep: 'Annotate the gold text again, or choose the predictions that were made on it.',
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

/** The positions of the characters that are not white space. */
function inkPositions(text: string): Uint32Array {
  const positions = new Uint32Array(text.length);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if (!isWhiteSpace(text.charCodeAt(i))) positions[count++] = i;
  }
  return positions.subarray(0, count);
}

/** Whether a UTF-16 unit is Unicode white space or the byte order mark. */
function isWhiteSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return /\s/u.test(String.fromCharCode(unit));
}

/** The number of sorted positions before `offset`. */
function countBefore(positions: Uint32Array, offset: number): number {
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The offset in the gold text at which the two texts first differ; undefined if they do not differ. */
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
