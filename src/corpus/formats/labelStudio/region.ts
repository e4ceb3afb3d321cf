import { isJsonObject, type JsonObject, type JsonValue } from '../../../foundation/json.ts';
import type { TextRange } from '../../document.ts';
import { isTextList } from '../json/record.ts';

/** A range of a text with its labels, in UTF-16 units, as a browser counts. */
export interface Region extends TextRange {
  readonly labels: readonly string[];
  /** The words that the file quotes. */
  readonly words: string | undefined;
}

/** The region in a `value` of Label Studio; undefined if it is of another kind. */
export function regionIn(value: JsonObject): Region | undefined {
  const labels = [value['labels'], value['hypertextlabels']].find(isTextList);
  const range = rangeIn(value);
  if (range === undefined || labels === undefined || labels.length === 0) return undefined;
  const words = value['text'];
  return { ...range, labels, words: typeof words === 'string' ? words : undefined };
}

/** Regions of HTML are given by elements, and also by offsets in the whole text (`globalOffsets`). */
function rangeIn(value: JsonObject): TextRange | undefined {
  const { globalOffsets } = value;
  const { start, end } = isJsonObject(globalOffsets) ? globalOffsets : value;
  const [from, to] = [offsetOf(start), offsetOf(end)];
  return from === undefined || to === undefined ? undefined : { start: from, end: to };
}

/** Some versions write offsets as text. */
function offsetOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && /^\d{1,15}$/u.test(value) ? Number(value) : undefined;
}

/** At most this many regions are compared with a text to find out whether it is theirs. */
const compared = 20;

/**
 * The member of `data` that is the annotated text: the one with most of the quoted words, otherwise `text`, otherwise the
 * longest. Undefined if there is no text.
 */
export function textName(data: JsonObject, regions: readonly Region[]): string | undefined {
  const quoted = regions.slice(0, compared).flatMap(({ words }) => words ?? []);
  const rated = Object.entries(data).flatMap(([name, text]) =>
    typeof text === 'string'
      ? [{ name, length: text.length, hits: quoted.filter((words) => text.includes(words)).length }]
      : [],
  );
  const best = rated.toSorted(
    (a, b) => b.hits - a.hits || Number(b.name === 'text') - Number(a.name === 'text') || b.length - a.length,
  );
  return best[0]?.name;
}
