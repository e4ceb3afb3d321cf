import { isJsonObject, type JsonObject, tryParseJson } from '../../foundation/json.ts';
import { createSpan, type Document, type Span } from '../document.ts';
import { closingTagNames, parseInlineTags } from '../tagged/inlineTags.ts';
import { linesOf } from '../lines.ts';
import { optionalText, provenanceOf } from './fields.ts';

/** Tags that contradict each other. */
export class TagError extends RangeError {}

/** "</" as JSON may write it. */
const closing = /(?:<|\\u003c)\\?\//iu;

/** Fields with offsets, which would refer to a text without tags. */
const rangeFields = [
  'spans',
  'entities',
  'ents',
  'annotations',
  'relations',
  'attributes',
  'tokens',
  'sentences',
];

/**
 * The labels of the inline tags in a JSONL source (`a <Disease>cold</Disease>`): the names of all closing tags in
 * records without their own spans. Lines that are not JSON are ignored.
 */
export function inlineLabels(source: string): readonly string[] {
  const labels = new Map<string, string>();
  for (const { start, end } of linesOf(source)) {
    const line = source.slice(start, end);
    if (!closing.test(line)) continue;
    for (const name of namesIn(line)) {
      if (!labels.has(name.toLowerCase())) labels.set(name.toLowerCase(), name);
    }
  }
  return [...labels.values()];
}

function namesIn(line: string): readonly string[] {
  const record = tryParseJson(line);
  if (!isJsonObject(record) || hasRanges(record)) return [];
  const text = record['text'] ?? record['data'];
  return typeof text === 'string' ? closingTagNames(text) : [];
}

/** Whether a record annotates ranges of its text by their offsets. */
export function hasRanges(record: JsonObject): boolean {
  return (
    rangeFields.some((field) => record[field] !== undefined) ||
    Array.isArray(record['label']) ||
    Array.isArray(record['labels'])
  );
}

/**
 * Text, spans and relation of a record with inline tags; undefined if its file has no such tags or the record has its own
 * spans. If it tags exactly two mentions, its `label` is the relation from the first to the second ("0" means none).
 * Throws `TagError`.
 */
export function readInlineTagged(
  record: JsonObject,
  written: string,
  labels: readonly string[],
): Pick<Document, 'text' | 'spans' | 'relations'> | undefined {
  if (labels.length === 0 || hasRanges(record)) return undefined;
  const result = parseInlineTags(written, labels, 'keep as text');
  if (!result.ok) throw new TagError(result.detail);
  const { text, mentions } = result;
  const provenance = provenanceOf(record);
  const spans = mentions.map((mention, index) =>
    createSpan(text, { id: `T${index + 1}`, ...mention, ...provenance }),
  );
  return { text, spans, relations: relationsOf(spans, optionalText(record, 'label')) };
}

function relationsOf(spans: readonly Span[], label: string | undefined): Document['relations'] {
  const [head, tail, ...more] = spans;
  if (label === undefined || label === '0' || head === undefined || tail === undefined || more.length > 0) {
    return [];
  }
  return [{ id: 'R1', head: head.id, tail: tail.id, label, source: head.source }];
}
