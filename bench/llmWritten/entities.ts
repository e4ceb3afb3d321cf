import { newReading } from '../../src/runs/runFolders.ts';
import path from 'node:path';
import { type TokenExample, tokenExamples } from '../../src/corpus/examples.ts';
import type { Document } from '../../src/corpus/document.ts';
import { readDocuments } from '../../src/corpus/read.ts';
import { microF1 } from '../../src/evaluation/microF1.ts';
import { seededRandom, shuffled } from '../../src/foundation/random.ts';
import { loadTokenClassifier } from '../../src/model/tokenClassifier.ts';
import { fineTune } from '../../src/training/fineTune.ts';
import type { PartScores, Run, Scores } from './run.ts';

const genres = ['adverse-effects', 'clinical-notes', 'genetics', 'pharmacology', 'pharmacology-2'];

const types = ['Disease', 'Chemical'];

/**
 * The devel parts: what each is annotated with, and how many of its first sentences settings were chosen on.
 */
const develParts = [
  { name: 'NCBI-disease', type: 'Disease', chosenOn: 462 },
  { name: 'BC5CDR-disease', type: 'Disease', chosenOn: 1145 },
  { name: 'BC5CDR-chem', type: 'Chemical', chosenOn: 1145 },
] as const;

/** Trains one model on a share of the texts of every genre, and scores it on all devel parts. */
export async function runEntities({ data, share, seed, ...settings }: Run): Promise<Scores> {
  const texts = [];
  for (const genre of genres) {
    const all = await readDocuments([path.join(data, 'llm-written', `${genre}.jsonl`)], newReading());
    // The same order for every seed: a smaller share is a part of a larger one.
    texts.push(...shuffled(seededRandom(1), all).slice(0, Math.round(share * all.length)));
  }
  return trainAndScore(texts, { data, seed, ...settings });
}

/** The same with given texts. */
export async function trainAndScore(
  texts: readonly Document[],
  { data, ...settings }: Omit<Run, 'share'>,
): Promise<Scores> {
  const examples = tokenExamples(texts).map((example) => only(example, types));
  await fineTune({ ...settings, task: 'ner', train: { task: 'ner', examples } }, { score: microF1 });
  const model = await loadTokenClassifier(settings.out);
  const parts: Record<string, PartScores> = {};
  // Two of the parts have the same sentences.
  const annotated = new Map<string, readonly [Document[], Document[]]>();
  try {
    for (const { name, type, chosenOn } of develParts) {
      const gold = await readDocuments([path.join(data, name, 'devel.tsv')], newReading());
      const text = gold.map((document) => document.text).join('\n');
      const both = annotated.get(text) ?? [
        await model.annotate(gold),
        await model.annotate(gold, { shortForms: false }),
      ];
      annotated.set(text, both);
      const wanted = tagsOf(gold, type);
      const [found, singly] = both.map((documents) => tagsOf(documents, type)) as [Tags, Tags];
      parts[name] = {
        whole: microF1(wanted, found, 'strict'),
        rest: microF1(wanted.slice(chosenOn), found.slice(chosenOn), 'strict'),
        plain: microF1(wanted, singly, 'strict'),
      };
    }
  } finally {
    await model.release();
  }
  return { texts: texts.length, parts };
}

/** By sentence and word. */
type Tags = readonly (readonly string[])[];

function tagsOf(documents: readonly Document[], type: string): Tags {
  return tokenExamples(documents).map((example) => only(example, [type]).tags);
}

/** Other types are as if they were not there. */
function only(example: TokenExample, wanted: readonly string[]): TokenExample {
  return { ...example, tags: example.tags.map((tag) => (wanted.includes(tag.slice(2)) ? tag : 'O')) };
}
