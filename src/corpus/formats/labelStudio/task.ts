import { isJsonObject, type JsonObject, type JsonValue } from '../../../foundation/json.ts';
import type { Attribute, Relation, Source, Span } from '../../document.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import { brokenRecord, isTextList, listMember, textMember } from '../json/record.ts';
import type { UnnamedDocument } from '../nameDocuments.ts';
import { placeRegions, type SourcedRegion } from './placeRegions.ts';
import { regionIn, textName } from './region.ts';

/** Older versions call the annotations of a task completions. */
const annotationLists = ['annotations', 'completions'];

/** Whether a record is a task of Label Studio's JSON export. */
export function isLabelStudioTask(record: JsonValue): record is JsonObject {
  return (
    isJsonObject(record) &&
    isJsonObject(record['data']) &&
    [...annotationLists, 'predictions'].some((name) => Array.isArray(record[name]))
  );
}

/** Results of one annotator or model. */
interface ChosenResults {
  readonly results: readonly JsonObject[];
  readonly source: Source;
}

/**
 * Reads a task: regions with labels, relations, choices about regions (as attributes) and about the whole text (in
 * `meta`). If there are several annotations, the ground truth is read, or else the first one. Predictions are
 * read only if there are no annotations.
 */
export function readLabelStudioTask(record: JsonObject, line: number, notes: ReadingNotes): UnnamedDocument {
  const { results, source } = chooseResults(record, line, notes);
  const data = isJsonObject(record['data']) ? record['data'] : {};
  const regions: (SourcedRegion & { readonly id: string | undefined })[] = [];
  const rest: JsonObject[] = [];
  for (const result of results) {
    const region = regionIn(valueOf(result));
    if (region === undefined) rest.push(result);
    else {
      const { score } = result;
      const isScore = typeof score === 'number' && score >= 0 && score <= 1;
      regions.push({ ...region, id: textMember(result, 'id'), source, score: isScore ? score : undefined });
    }
  }
  const name = textName(data, regions);
  const text = name === undefined ? undefined : textMember(data, name);
  if (name === undefined || text === undefined)
    throw brokenRecord(
      notes.file,
      line,
      'its data has no text',
      'Only tasks about text can be read. Export with the text in the task.',
    );
  const spans = placeRegions(text, regions, line, notes);
  const byRegion = new Map(regions.map(({ id }, index) => [id ?? '', spans[index] ?? []]));
  const others = Object.entries(data).filter(([key]) => key !== name);
  const { relations, attributes, whole } = readRest(rest, byRegion, source, line, notes);
  return {
    id: textMember(record, 'id'),
    text,
    spans: spans.flat(),
    relations,
    attributes,
    meta: Object.fromEntries([...others, ...whole]),
  };
}

function valueOf(result: JsonObject): JsonObject {
  return isJsonObject(result['value']) ? result['value'] : {};
}

function chooseResults(record: JsonObject, line: number, notes: ReadingNotes): ChosenResults {
  const annotations = annotationLists.flatMap((name) => listMember(record, name)).filter(isJsonObject);
  const valid = annotations.filter((item) => item['was_cancelled'] !== true);
  for (let left = annotations.length - valid.length; left > 0; left--)
    notes.leftOut(line, 'cancelled annotation');
  const chosen = valid.find((item) => item['ground_truth'] === true) ?? valid[0];
  for (let left = valid.length - 1; left > 0; left--)
    notes.leftOut(line, 'further annotation of a text', 'further annotations of a text');
  const predictions = listMember(record, 'predictions').filter(isJsonObject);
  const used = chosen === undefined ? predictions[0] : undefined;
  for (let left = predictions.length - (used === undefined ? 0 : 1); left > 0; left--)
    notes.leftOut(line, 'prediction');
  const results = listMember(chosen ?? used ?? {}, 'result').filter(isJsonObject);
  return { results, source: chosen === undefined ? 'model' : 'human' };
}

interface Rest {
  readonly relations: Relation[];
  readonly attributes: Attribute[];
  /** Choices and notes about the whole text, by the name of their control. */
  readonly whole: readonly (readonly [string, JsonValue])[];
}

/** Reads everything but regions. */
function readRest(
  results: readonly JsonObject[],
  spansOf: ReadonlyMap<string, readonly Span[]>,
  source: Source,
  line: number,
  notes: ReadingNotes,
): Rest {
  const rest = {
    relations: [] as Relation[],
    attributes: [] as Attribute[],
    whole: new Map<string, JsonValue>(),
  };
  const first = (id: string | undefined): string | undefined => spansOf.get(id ?? '')?.[0]?.id;
  for (const result of results) {
    const type = textMember(result, 'type') ?? 'result';
    const [head, tail] = [first(textMember(result, 'from_id')), first(textMember(result, 'to_id'))];
    if (type === 'relation' && head !== undefined && tail !== undefined) {
      for (const [from, to] of ends(head, tail, result['direction']))
        for (const label of labelsOf(result)) {
          rest.relations.push({ id: `R${rest.relations.length + 1}`, head: from, tail: to, label, source });
        }
      continue;
    }
    const value = describe(valueOf(result), type);
    const name = textMember(result, 'from_name') ?? type;
    const region = spansOf.get(textMember(result, 'id') ?? '');
    if (value === undefined || type === 'relation')
      notes.leftOut(line, `result of the type ${type}`, `results of the type ${type}`);
    else if (region === undefined) rest.whole.set(name, value);
    else
      for (const { id: target } of region) {
        const id = `A${rest.attributes.length + 1}`;
        rest.attributes.push({
          id,
          target,
          name,
          value: isTextList(value) ? value.join(', ') : String(value),
        });
      }
  }
  return { ...rest, whole: [...rest.whole] };
}

function ends(
  head: string,
  tail: string,
  direction: JsonValue | undefined,
): readonly (readonly [string, string])[] {
  if (direction === 'left') return [[tail, head]];
  return direction === 'bi'
    ? [
        [head, tail],
        [tail, head],
      ]
    : [[head, tail]];
}

function labelsOf(relation: JsonObject): readonly string[] {
  const { labels } = relation;
  return isTextList(labels) && labels.length > 0 ? labels : ['relation'];
}

/** Results that say something about a region or text: the member of `value` that holds it. */
const contents = new Map([
  ['choices', 'choices'],
  ['taxonomy', 'taxonomy'],
  ['textarea', 'text'],
  ['number', 'number'],
  ['rating', 'rating'],
  ['datetime', 'datetime'],
]);

/** The content of such a result; undefined if it is of another kind. */
function describe(value: JsonObject, type: string): readonly string[] | number | string | undefined {
  const content = value[contents.get(type) ?? ''];
  if (typeof content === 'number' || typeof content === 'string' || isTextList(content)) return content;
  // The levels of a taxonomy.
  if (Array.isArray(content) && content.every(isTextList)) return content.map((path) => path.join(' / '));
  return undefined;
}
