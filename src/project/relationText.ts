import type { Span, TextRange } from '../corpus/document.ts';
import type { RelationSchema } from './relationSchema.ts';

/** Two mentions that do not overlap. */
export interface MentionPair {
  readonly head: Span;
  readonly tail: Span;
}

/** A text that a relation model reads, and the places of the two mentions, in text order. */
interface PairText {
  readonly text: string;
  readonly ends: readonly [TextRange, TextRange];
}

/**
 * The part `range` of a text with a pair of mentions masked or marked. White space becomes single blanks.
 *
 * Masks are BioBERT's (`@GENE$`). If both mentions have the same type and their order matters, the head is numbered 1 and
 * the tail 2. Markers are the typed punctuation markers of Zhou and Chen, "An Improved Baseline for Sentence-level Relation
 * Extraction" (AACL 2022, arXiv 2102.01373): `@ * gene * BRCA1 @` for the head, `# ^ disease ^ gout #` for the tail.
 */
export function pairText(
  source: string,
  range: TextRange,
  pair: MentionPair,
  input: RelationSchema['input'],
  { ordered }: { readonly ordered: boolean },
): PairText {
  const { head, tail } = pair;
  const [first, second] = head.start < tail.start ? [head, tail] : [tail, head];
  const shown = (span: Span): string =>
    input === 'mask' ? mask(pair, span, ordered) : marked(pair, span, source);
  const parts = [
    source.slice(range.start, first.start),
    shown(first),
    source.slice(first.end, second.start),
    shown(second),
    source.slice(second.end, range.end),
  ].map(singleBlanks);
  return joinParts(input === 'mask' ? parts : setApart(parts));
}

function joinParts(parts: readonly string[]): PairText {
  const [before, first, between, second] = parts as [string, string, string, string];
  const start = before.length;
  const secondStart = start + first.length + between.length;
  return {
    text: parts.join(''),
    ends: [
      { start, end: start + first.length },
      { start: secondStart, end: secondStart + second.length },
    ],
  };
}

function mask({ head, tail }: MentionPair, span: Span, ordered: boolean): string {
  const number = ordered && head.label === tail.label ? (span === head ? '1' : '2') : '';
  return `@${span.label.toUpperCase()}${number}$`;
}

function marked({ head }: MentionPair, span: Span, source: string): string {
  const type = span.label.toLowerCase().replaceAll(/[_-]+/gu, ' ');
  const words = source.slice(span.start, span.end);
  return span === head ? `@ * ${type} * ${words} @` : `# ^ ${type} ^ ${words} #`;
}

/** Puts a blank between a marker (every second part) and the words around it. */
function setApart(parts: readonly string[]): string[] {
  return parts.map((part, index) => {
    if (index % 2 === 1) return part;
    const words = part.trim();
    const [left, right] = [index === 0 ? '' : ' ', index === parts.length - 1 ? '' : ' '];
    if (words === '') return index === 2 ? ' ' : '';
    return `${left}${words}${right}`;
  });
}

function singleBlanks(text: string): string {
  return text.replaceAll(/\s+/gu, ' ');
}
