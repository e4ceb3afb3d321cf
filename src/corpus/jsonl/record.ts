import { isJsonObject, type JsonObject, type JsonValue } from '../../foundation/json.ts';
import type { Attribute, Document, TextRange } from '../document.ts';
import { codePointOffsets, type CodePointOffsets } from '../offsets.ts';
import { isPretokenised, splitAtSpaces } from '../pretokenised.ts';
import { listOf, optionalText, rangeOf } from './fields.ts';
import { readInlineTagged } from './inlineTagged.ts';
import { checkOtherFields } from './otherFields.ts';
import { readRelations } from './relations.ts';
import type { RecordReport } from './report.ts';
import { readSpans } from './spans.ts';

const known = new Set(
  'id text data spans entities ents annotations label labels relations attributes tokens sentences sents meta answer'.split(
    ' ',
  ),
);

/**
 * The document of a record; undefined if Prodigy's `answer` says that it was not accepted. Unknown fields go into `meta`.
 * `labels` are those of the file's inline tags. Throws `RangeError` with a clause that says what is wrong.
 */
export function parseRecord(
  record: unknown,
  defaultId: string,
  labels: readonly string[] = [],
  report: RecordReport = () => {},
): Document | undefined {
  if (!isJsonObject(record)) throw new RangeError('it is not a JSON object');
  const answer = record['answer'];
  if (answer === 'reject' || answer === 'ignore') {
    report('not-accepted', 'This record is left out because the annotator did not accept it.');
    return undefined;
  }
  const written = record['text'] ?? record['data'];
  if (typeof written !== 'string') throw new RangeError('it has no "text"');
  const tagged = readInlineTagged(record, written, labels);
  const text = tagged?.text ?? written;
  const offsets = codePointOffsets(text);
  const id = record['id'];
  const meta = readMeta(record, report);
  const spans = tagged?.spans ?? readSpans(record, text, report);
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : defaultId,
    text,
    ...readLayout(record, text, offsets, isPretokenised({ meta })),
    spans,
    relations: tagged?.relations ?? readRelations(record, spans, offsets),
    attributes: listOf(record, 'attributes').map(readAttribute),
    meta,
  };
}

function readMeta(record: JsonObject, report: RecordReport): JsonObject {
  const { meta } = record;
  const others = Object.entries(record).filter(([key, value]) => !known.has(key) || isClassLabel(key, value));
  checkOtherFields(others, report);
  return { ...Object.fromEntries(others), ...(isJsonObject(meta) ? meta : {}) };
}

/** A `label` without ranges applies to the whole text. */
function isClassLabel(key: string, value: JsonValue | undefined): boolean {
  if (key !== 'label' && key !== 'labels') return false;
  return !Array.isArray(value) || value.some((item) => typeof item === 'string');
}

function readLayout(
  record: JsonObject,
  text: string,
  offsets: CodePointOffsets,
  atSpaces: boolean,
): Pick<Document, 'tokens' | 'sentences'> {
  if (atSpaces) return splitAtSpaces(text);
  const ranges = (key: string): TextRange[] =>
    listOf(record, key)
      .map((item) => rangeOf(item, offsets))
      .filter(({ start, end }) => text.slice(start, end).trim() !== '');
  const sentences = ['sentences', 'sents'].find((key) => record[key] !== undefined);
  return {
    ...(record['tokens'] === undefined ? {} : { tokens: ranges('tokens') }),
    ...(sentences === undefined ? {} : { sentences: ranges(sentences) }),
  };
}

function readAttribute(item: JsonValue): Attribute {
  if (!isJsonObject(item)) throw new RangeError('an attribute is not a JSON object');
  const [id, target, name] = ['id', 'target', 'name'].map((key) => optionalText(item, key));
  if (id === undefined || target === undefined || name === undefined) {
    throw new RangeError('an attribute has no "id", "target" or "name"');
  }
  const value = optionalText(item, 'value');
  return { id, target, name, ...(value === undefined ? {} : { value }) };
}
