import type { BiocAnnotation, BiocPart } from './model.ts';

/** A text of a BioC document, of a passage or of one of its sentences, with the annotations inside it. */
export interface Piece {
  readonly text: string;
  /** Where it begins in the document, in the unit of the file. */
  readonly offset: number;
  readonly annotations: BiocAnnotation[];
}

/** The pieces of a document in their order. An annotation above them goes to the piece in which it begins. */
export function piecesOf(document: BiocPart): readonly Piece[] {
  const pieces: Piece[] = [];
  const loose: BiocAnnotation[] = [];
  const visit = (part: BiocPart): void => {
    if (part.text === undefined || part.text === '') {
      for (const annotation of part.annotations) loose.push(annotation);
      for (const inner of part.parts) visit(inner);
      return;
    }
    const inner = part.parts.flatMap(({ annotations }) => annotations);
    const annotations = part.annotations.concat(inner);
    pieces.push({ text: part.text, offset: part.offset ?? 0, annotations });
  };
  visit(document);
  for (const annotation of loose) {
    const begin = annotation.locations[0]?.offset ?? 0;
    const home = pieces.findLast(({ offset }) => offset <= begin) ?? pieces[0];
    home?.annotations.push(annotation);
  }
  return pieces;
}

/** Lengths of a text in the units that programs count, the most common first. */
const units: readonly ((text: string) => number)[] = [
  (text) => Array.from(text).length,
  (text) => text.length,
  (text) => Buffer.byteLength(text),
];

/** More unknown characters than this between two pieces are not filled. */
const mostFilled = 100;

/**
 * The line ends to put before each piece. They fill the gap that the offsets leave, so that the offsets of the file stay
 * right. Of the possible units (code points, UTF-16, bytes), the one is used in which most gaps are 0 or 1.
 */
export function gapsBetween(pieces: readonly Piece[]): readonly string[] {
  const gapsIn = (lengthOf: (text: string) => number): readonly number[] =>
    pieces.map(({ offset }, index) => {
      const before = pieces[index - 1];
      return before === undefined ? 0 : offset - before.offset - lengthOf(before.text);
    });
  const rated = units
    .map(gapsIn)
    .map((gaps) => ({ gaps, close: gaps.filter((gap) => gap === 0 || gap === 1).length }));
  const [best] = rated.toSorted((a, b) => b.close - a.close);
  return (best?.gaps ?? []).map((gap) => (gap >= 0 && gap <= mostFilled ? '\n'.repeat(gap) : '\n'));
}
