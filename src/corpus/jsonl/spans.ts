import { isJsonObject, type JsonObject, type JsonValue } from '../../foundation/json.ts';
import { counted, plural } from '../../foundation/numbers.ts';
import type { Span } from '../document.ts';
import { takeFreeId } from '../freeId.ts';
import { codePointOffsets } from '../offsets.ts';
import { spanOver } from '../parts.ts';
import { type Placement, placeSpans } from '../placeSpans.ts';
import { listOf, optionalText, provenanceOf, statedRange } from './fields.ts';
import type { RecordReport } from './report.ts';
import { withCharacterOffsets } from './tokenOffsets.ts';

/** The names of the list of spans: those of Chartmark and Prodigy, of spaCy, and of doccano. */
const spanFields = ['spans', 'entities', 'ents', 'annotations', 'label', 'labels'];

/** The list of spans in a record. Throws `RangeError` if there are several. */
function spanItems(record: JsonObject): readonly JsonValue[] {
  const lists = spanFields.filter((name) => isSpanList(name, record[name]));
  const filled = lists.filter((name) => (record[name] as readonly unknown[]).length > 0);
  if (filled.length > 1) {
    throw new RangeError(`it has several lists of spans: ${filled.map((name) => `"${name}"`).join(', ')}`);
  }
  const key = filled[0] ?? lists[0];
  if (key === undefined) return record['spans'] === undefined ? [] : listOf(record, 'spans');
  return listOf(record, key);
}

/** A `label` or `labels` that is a list of words applies to the whole text. */
function isSpanList(name: string, value: JsonValue | undefined): boolean {
  if (!Array.isArray(value)) return false;
  const isClass = name === 'label' || name === 'labels';
  return !isClass || value.length === 0 || value.some((item) => typeof item === 'object');
}

/**
 * The spans of a record. Offsets that do not fit the words of a span (its `text`) are corrected (see `placeSpans`). Spans
 * that Prodigy's `answer` rejects are left out. Throws `RangeError` if a span has no label or is outside the text.
 */
export function readSpans(record: JsonObject, text: string, report: RecordReport): Span[] {
  const items = spanItems(record).filter((item) => typeof item === 'object' && item !== null);
  const accepted = items.filter((item) => !isRejected(item));
  const rejected = items.length - accepted.length;
  if (rejected > 0) {
    const message = `${counted(rejected, 'span')} that the annotator did not accept ${plural(rejected, 'is', 'are')} left out.`;
    report('not-accepted', message);
  }
  const taken = new Set<string>();
  const named = accepted.map((item) => (isJsonObject(item) ? optionalText(item, 'id') : undefined));
  for (const id of named) if (id !== undefined) taken.add(id);
  const used = new Set<string>();
  const drafts = accepted.map((item, index) => {
    const own = named[index];
    const id = own === undefined || used.has(own) ? takeFreeId('T', taken) : own;
    used.add(id);
    return readDraft(withCharacterOffsets(item, record), id);
  });
  const places = placeSpans(text, drafts);
  const moved = places.filter(({ kind }) => kind === 'moved').length;
  if (moved > 0) {
    const what = plural(moved, 'a span', `${moved} spans`);
    const message = `The offsets of ${what} do not fit the text, so ${plural(moved, 'it was', 'they were')} moved to the quoted words.`;
    report('moved', message);
  }
  const length = codePointOffsets(text).length;
  const spans = drafts.map((draft, index) => placedSpan(text, draft, places[index] as Placement, length));
  const blank = spans.find((span) => /^\s|\s$/u.test(text.slice(span.start, span.end)));
  if (blank !== undefined) report('blank-edge', `The span ${blank.id} begins or ends with white space.`);
  return spans;
}

function isRejected(item: JsonValue): boolean {
  const answer = isJsonObject(item) ? item['answer'] : undefined;
  return answer === 'reject' || answer === 'ignore';
}

type Draft = Omit<Span, 'start' | 'end' | 'fragments'> & Parameters<typeof placeSpans>[1][number];

/** A span as the record states it. */
function readDraft(item: JsonValue, id: string): Draft {
  const range = statedRange(item);
  if (Array.isArray(item)) {
    const label: unknown = item[2];
    if (typeof label !== 'string') throw new RangeError('a span has no label');
    return { id, label, source: 'human', ranges: [range] };
  }
  const record = isJsonObject(item) ? item : {};
  const label = optionalText(record, 'label');
  if (label === undefined) throw new RangeError('a span has no label');
  const fragments = listOf(record, 'fragments').map(statedRange);
  const words = record['text'];
  return {
    id,
    label,
    ...provenanceOf(record),
    ranges: fragments.length > 1 ? fragments : [range],
    ...(typeof words === 'string' ? { words } : {}),
  };
}

function placedSpan(text: string, stated: Draft, place: Placement, length: number): Span {
  const { ranges, words: _, ...draft } = stated;
  if (place.kind === 'mismatch') {
    throw new RangeError(`the text has different words at the offsets of span ${draft.id}`);
  }
  if (!('ranges' in place)) {
    const offsets = ranges.map(({ start, end }) => `${start}-${end}`).join(', ');
    throw new RangeError(
      ranges.every(({ start, end }) => start < end)
        ? `offsets ${offsets} are outside the text (${counted(length, 'code point')})`
        : `offsets ${offsets} contain no character`,
    );
  }
  return spanOver(text, draft, place.ranges);
}
