import type { TextRange } from '../../document.ts';
import { unescapeText } from './cell.ts';

/** A token line, or a line for a part of the token before it (`1-2.1`). Offsets are UTF-16 units, as Java counts. */
export interface Unit extends TextRange {
  readonly address: string;
  readonly form: string;
  readonly cells: readonly string[];
  /** The line of the file, from 1. */
  readonly line: number;
}

/** A sentence as the file has it: its `#Text=` lines and its tokens. */
export interface Sentence {
  readonly texts: string[];
  readonly units: Unit[];
}

export interface RebuiltText {
  readonly text: string;
  readonly sentences: readonly TextRange[];
  /** The range of each unit in `text`. */
  readonly ranges: ReadonlyMap<Unit, TextRange>;
  /** The tokens whose stated offsets do not fit the text of their sentence. */
  readonly moved: readonly Unit[];
}

/** At most this many unknown characters between two sentences are filled. */
const mostFilled = 100;

/**
 * Rebuilds the text from its sentences. A file does not say what stands between sentences: line ends take its place, as
 * many as the offsets say, so that these stay right. A token that is not in its sentence is returned as `missing`.
 */
export function rebuildText(sentences: readonly Sentence[]): RebuiltText | { readonly missing: Unit } {
  let text = '';
  const found: TextRange[] = [];
  const ranges = new Map<Unit, TextRange>();
  const moved: Unit[] = [];
  for (const sentence of sentences) {
    const tokens = sentence.units.filter(isToken);
    const [first] = tokens;
    if (first === undefined) continue;
    const placed = placeTokens(sentence.texts, tokens);
    if ('missing' in placed) return placed;
    const from = placed.starts[0] ?? 0;
    const gap = placed.exact ? first.start - from - text.length : 0;
    text += '\n'.repeat(gap > 0 ? Math.min(gap, mostFilled) : Number(text !== ''));
    const base = text.length;
    let token: Unit = first;
    let next = 0;
    for (const unit of sentence.units) {
      if (isToken(unit)) {
        token = unit;
        const start = base + (placed.starts[next++] ?? 0);
        ranges.set(unit, { start, end: start + formOf(unit).length });
        if (!placed.exact) moved.push(unit);
      } else {
        const start = (ranges.get(token)?.start ?? base) + unit.start - token.start;
        ranges.set(unit, { start, end: start + unit.end - unit.start });
      }
    }
    text += placed.text;
    found.push({ start: base + from, end: ranges.get(token)?.end ?? text.length });
  }
  return { text, sentences: found, ranges, moved };
}

export function isToken({ address }: Unit): boolean {
  return !address.includes('.');
}

/** The words of a token; what is escaped in them is clear from their length only. */
function formOf({ form, start, end }: Unit): string {
  return form.length === end - start ? form : unescapeText(form);
}

interface PlacedTokens {
  readonly text: string;
  /** Where the tokens begin in `text`. */
  readonly starts: readonly number[];
  /** Whether the stated offsets fit. */
  readonly exact: boolean;
}

function placeTokens(
  texts: readonly string[],
  tokens: readonly Unit[],
): PlacedTokens | { readonly missing: Unit } {
  const first = tokens[0] as Unit;
  const written =
    texts.length === 0 ? [tokens.map(formOf).join(' ')] : ['\n', '\r\n', '\f'].map((end) => texts.join(end));
  const candidates = [...new Set([...written, ...written.map(unescapeText)])];
  for (const text of candidates) {
    const base = first.start - text.indexOf(formOf(first));
    const starts = tokens.map(({ start }) => start - base);
    if (tokens.every((token, index) => text.startsWith(formOf(token), starts[index])))
      return { text, starts, exact: true };
  }
  let best: PlacedTokens | { readonly missing: Unit } = { missing: first };
  for (const text of candidates) {
    best = searchTokens(text, tokens);
    if (!('missing' in best)) return best;
  }
  return best;
}

/** Searches each token behind the one before it, for offsets that count something else than UTF-16 units. */
function searchTokens(text: string, tokens: readonly Unit[]): PlacedTokens | { readonly missing: Unit } {
  const starts: number[] = [];
  let end = 0;
  for (const token of tokens) {
    const start = text.indexOf(formOf(token), end);
    if (start === -1) return { missing: token };
    starts.push(start);
    end = start + formOf(token).length;
  }
  return { text, starts, exact: false };
}
