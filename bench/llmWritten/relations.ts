import { newReading, runFolders } from '../../src/runs/runFolders.ts';
import path from 'node:path';
import { readDocuments, readRelationRows } from '../../src/corpus/read.ts';
import type { RelationRow } from '../../src/corpus/relationRows.ts';
import { microF1 } from '../../src/evaluation/microF1.ts';
import { seededRandom, shuffled } from '../../src/foundation/random.ts';
import { loadSequenceClassifier } from '../../src/model/sequenceClassifier.ts';
import { fineTune } from '../../src/training/fineTune.ts';
import { masked, recombine } from './recombine.ts';
import type { PartScores, Run, Scores } from './run.ts';

/** Of GAD's distinct sentences: the dev part, of whose sentences settings were chosen on the first half. */
const devShare = 0.2;

/** In an unrelated sentence: a finding that there is no association, which GAD counts as related. */
const negation =
  /\b(?:no|not|neither|nor|without|unlikely|excluded?|failed|lack(?:ed|s)?|absence|none|nothing|similar|argues? against|negative)\b/iu;

/** Trains on a share of the relation sentences as they are labelled, and scores a dev part of GAD's training data. */
export async function runRelations(run: Run): Promise<Scores> {
  const all = await readRelationRows([sentencesOf(run)], runFolders);
  const rows = shuffled(seededRandom(1), all).slice(0, Math.round(run.share * all.length));
  return trainAndScore(run, rows, rows.length);
}

/**
 * The same by GAD's definition (Bravo et al. 2015): a pair is related when a finding on it is stated, be it a
 * negative one, and unrelated when the findings of a sentence are on other pairs, of which `recombine` makes some.
 */
export async function runRelationsOfGad(run: Run): Promise<Scores> {
  const all = await readDocuments([sentencesOf(run)], newReading());
  const texts = shuffled(seededRandom(1), all).slice(0, Math.round(run.share * all.length));
  const states = ({ text, relations }: (typeof texts)[number]): boolean =>
    relations.length > 0 || negation.test(text);
  const rows = texts.map((text) => ({
    text: masked(text, ['Gene', 'Disease']),
    label: states(text) ? '1' : '0',
  }));
  const more = recombine(texts.filter(states), Math.round(texts.length / 2), seededRandom(run.seed));
  return trainAndScore(run, [...rows, ...more], texts.length, 2);
}

function sentencesOf({ data }: Run): string {
  return path.join(data, 'llm-written', 'gene-disease-relations.jsonl');
}

async function trainAndScore(
  { data, seed, base, out }: Run,
  rows: readonly RelationRow[],
  texts: number,
  epochs?: number,
): Promise<Scores> {
  const options = { base, out, task: 're', seed, train: { task: 're', rows } } as const;
  await fineTune(epochs === undefined ? options : { ...options, epochs }, { score: microF1 });
  const gad = await readRelationRows([path.join(data, 'GAD/fold1/train.tsv')], runFolders);
  const sentences = shuffled(seededRandom(2026), [...new Set(gad.map(({ text }) => text))]);
  const size = Math.round(sentences.length * devShare);
  const model = await loadSequenceClassifier(out);
  try {
    const score = async (wanted: ReadonlySet<string>): Promise<PartScores> => {
      const dev = gad.filter(({ text }) => wanted.has(text));
      const gold = dev.map(asTags);
      const whole = microF1(gold, (await model.classify(dev)).map(asTags));
      const floor = microF1(
        gold,
        gold.map(() => ['B-1']),
      );
      return { whole, rest: whole, floor };
    };
    const { whole, floor = Number.NaN } = await score(new Set(sentences.slice(0, size)));
    const { rest } = await score(new Set(sentences.slice(Math.round(size / 2), size)));
    return { texts, parts: { GAD: { whole, rest, floor } } };
  } finally {
    await model.release();
  }
}

/** A sentence of one word, whose mention is the relation: micro F1 is then that of the related ones. */
function asTags({ label }: { readonly label: string }): readonly string[] {
  return [label === '0' ? 'O' : `B-${label}`];
}
