import { evenShares } from '../../foundation/numbers.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../foundation/json.ts';
import { markerOf } from '../../llm/reply/itemMarkers.ts';
import type { ChatMessage } from '../../llm/provider.ts';
import { answerIn } from '../../llm/reply/answer/answerIn.ts';
import { readLooseJson } from '../../llm/reply/looseJson.ts';
import type { EntityType } from '../../project/project.ts';
import { listOfNames } from '../prompt/buildPrompt.ts';

/** What one request for topics asks for. */
export interface TopicSpec {
  readonly type: EntityType;
  /** The part of the type's field that they belong to; "" for all of it. */
  readonly area: string;
  readonly count: number;
  readonly language: string;
  /** Topics that are known already. The model is shown some of them, so that it gives others. */
  readonly known: readonly string[];
}

/** Parts of the fields of the usual types. Without them, a model keeps giving the same well-known names. */
const areas: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Disease: (
      'cardiovascular;respiratory;gastrointestinal and hepatic;renal and urological;endocrine and metabolic;neurological;' +
      'psychiatric;infectious;malignant neoplasms;benign tumours;haematological;immunological and rheumatic;dermatological;' +
      'ophthalmic;ear, nose and throat;musculoskeletal and injuries;obstetric and gynaecological;paediatric and congenital;' +
      'inherited metabolic disorders;single-gene syndromes;adverse drug reactions;poisonings;nutritional;symptoms and signs'
    ).split(';'),
    Chemical: (
      'cardiovascular drugs;antibacterials;antivirals and antiparasitics;cytostatics and targeted cancer drugs;psychotropic drugs;' +
      'antiepileptics;anaesthetics and analgesics;hormones and antidiabetics;immunosuppressants;anticoagulants;respiratory drugs;' +
      'gastrointestinal drugs;diuretics and electrolytes;vitamins and supplements;metals and toxic elements;solvents and pesticides;' +
      'neurotransmitters and metabolites;experimental compounds with code names;drugs of abuse;plant compounds;contrast agents'
    ).split(';'),
    Procedure: (
      'general surgery;cardiac and vascular surgery;orthopaedic surgery;neurosurgery;gynaecology and obstetrics;urology;' +
      'ear, nose, throat and eye surgery;endoscopy;radiological imaging;nuclear medicine;interventional radiology;laboratory tests;' +
      'biopsies and punctures;cardiac tests;neurophysiological tests;intensive care;radiotherapy;dialysis and transfusion;rehabilitation'
    ).split(';'),
    Gene: (
      'oncogenes and tumour suppressors;ion channels;receptors;enzymes of metabolism;cytokines and immune genes;' +
      'structural proteins;transcription factors;DNA repair;coagulation;lipid transport;mitochondrial genes;drug metabolism'
    ).split(';'),
  }),
);

/** The parts of a type's field. Each request is about one of them. */
export function topicAreas(type: EntityType): readonly string[] {
  return areas.get(type.name) ?? [''];
}

const shownKnown = 60;

/** The JSON Schema of a reply with topics. */
export const topicSchema: JsonObject = {
  type: 'object',
  properties: { names: { type: 'array', items: { type: 'string' } } },
  required: ['names'],
  additionalProperties: false,
};

/** The prompt of a request for topics. */
export function topicPrompt(spec: TopicSpec): readonly ChatMessage[] {
  const { type, area, count, language, known } = spec;
  // The rare names are the most useful, so they get what is left over.
  const [rare = 0, common = 0, uncommon = 0] = evenShares(count, 3);
  return [
    {
      role: 'system',
      content: [
        'You list names for a collection of texts that trains a program to find them.',
        `${type.name}: ${type.definition}`,
        type.guideline ?? '',
        type.counterExamples.length === 0 ? '' : `Not ${type.name}: ${type.counterExamples.join('; ')}.`,
        'Reply with JSON only: {"names": ["...", ...]}',
      ]
        .filter((line) => line !== '')
        .join('\n\n'),
    },
    {
      role: 'user',
      content: [
        `List ${count} different names of the type ${type.name}${area === '' ? '' : `, from ${area.includes(';') ? 'these parts of the field' : 'this part of the field'}: ${area}`}, ` +
          `as texts in ${language} write them.`,
        `About ${common} that everybody in the field knows, ${uncommon} that are less common, and ${rare} rare ones. Mix full names, ` +
          'synonyms and usual abbreviations, each as an entry of its own; no explanations, no numbering.',
        known.length === 0 ? '' : `None of these: ${listOfNames(known.slice(-shownKnown))}.`,
      ]
        .filter((line) => line !== '')
        .join('\n'),
    },
  ];
}

const longestName = 80;
/** With markup and an explanation; the patterns below would take long for more. */
const longestCandidate = 1000;
const mostWords = 9;

/**
 * The topics in a reply, in order and each once. Reads a list in JSON, even if it is faulty, or a list of lines. Leaves
 * out topics that are known already, and what is not a name (too long, a sentence, with markup).
 */
export function parseTopics(reply: string, known: readonly string[] = []): readonly string[] {
  const seen = new Set(known.map((name) => name.toLowerCase()));
  const topics: string[] = [];
  for (const candidate of candidates(answerIn(reply))) {
    if (candidate.length > longestCandidate) continue;
    const name = candidate.replaceAll(/\s+/g, ' ').replaceAll(/^["'*_\s]+|["'*_\s,;.]+$/g, '');
    if (!isName(name) || seen.has(name.toLowerCase())) continue;
    seen.add(name.toLowerCase());
    topics.push(name);
  }
  return topics;
}

function candidates(reply: string): readonly string[] {
  const start = reply.search(/\{\s*["'\u201C]|\[\s*["'\u201C{]/);
  const found = start === -1 ? [] : strings(readLooseJson(reply, start).value);
  if (found.length > 0) return found;
  return reply.split('\n').flatMap((line) => {
    const words = line.slice(0, longestCandidate).trim();
    const marker = markerOf(words);
    return marker === undefined ? [] : [words.slice(marker.end).replace(/\s+[-\u2013\u2014:]\s.*$/, '')];
  });
}

/** All strings in the lists of a value, and the names of objects in them. */
function strings(value: JsonValue, inList = false): readonly string[] {
  if (typeof value === 'string') return inList ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((entry: JsonValue) => strings(entry, true));
  if (!isJsonObject(value)) return [];
  const name = value['name'] ?? value['text'];
  if (inList && typeof name === 'string') return [name];
  return Object.values(value).flatMap((member) => strings(member));
}

function isName(name: string): boolean {
  return (
    name.length > 1 &&
    name.length <= longestName &&
    name.split(' ').length <= mostWords &&
    /\p{L}/u.test(name) &&
    !/[<>{}[\]"\n]|[.!?]\s/.test(name)
  );
}
