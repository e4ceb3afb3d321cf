import path from 'node:path';
import { readRelationRows } from '../../src/corpus/read.ts';
import type { RelationRow } from '../../src/corpus/relationRows.ts';
import { microF1 } from '../../src/evaluation/microF1.ts';
import { seededRandom, shuffled } from '../../src/foundation/random.ts';
import { loadSequenceClassifier } from '../../src/model/sequenceClassifier.ts';
import { train } from '../../src/training/train.ts';
import type { PartScores, Run, Scores } from './run.ts';

/** Of GAD's distinct sentences: the dev part, of whose sentences settings were chosen on the first half. */
const devShare = 0.2;

/** In an unrelated sentence: a finding that there is no association, which GAD counts as related. */
const negation =
  /\b(?:no|not|neither|nor|without|unlikely|excluded?|failed|lack(?:ed|s)?|absence|none|nothing|similar|argues? against|negative)\b/iu;

/** Trains on a share of the relation sentences, and scores a dev part of GAD's training data. */
export function runRelations(run: Run): Promise<Scores> {
  return runRows(run, (row) => row);
}

/** The same by GAD's definition (Bravo et al. 2015): a pair is related when a finding on it is stated, be it negative. */
export function runRelationsOfGad(run: Run): Promise<Scores> {
  return runRows(run, (row) => (negation.test(row.text) ? { ...row, label: '1' } : row));
}

async function runRows(
  { data, share, seed, ...settings }: Run,
  relabelled: (row: RelationRow) => RelationRow,
): Promise<Scores> {
  const all = await readRelationRows([path.join(data, 'llm-written', 'gene-disease-relations.jsonl')]);
  const rows = shuffled(seededRandom(1), all)
    .slice(0, Math.round(share * all.length))
    .map(relabelled);
  await train({ ...settings, task: 're', seed, train: { task: 're', rows } }, { score: microF1 });
  const gad = await readRelationRows([path.join(data, 'GAD/fold1/train.tsv')]);
  const sentences = shuffled(seededRandom(2026), [...new Set(gad.map(({ text }) => text))]);
  const size = Math.round(sentences.length * devShare);
  const model = await loadSequenceClassifier(settings.out);
  try {
    const score = async (texts: readonly string[]): Promise<PartScores> => {
      const wanted = new Set(texts);
      const dev = gad.filter(({ text }) => wanted.has(text));
      const gold = dev.map(asTags);
      const whole = microF1(gold, (await model.classify(dev)).map(asTags));
      const floor = microF1(
        gold,
        gold.map(() => ['B-1']),
      );
      return { whole, rest: whole, floor };
    };
    const { whole, floor = Number.NaN } = await score(sentences.slice(0, size));
    const { rest } = await score(sentences.slice(Math.round(size / 2), size));
    return { texts: rows.length, parts: { GAD: { whole, rest, floor } } };
  } finally {
    await model.release();
  }
}

/** A sentence of one word, whose mention is the relation: micro F1 is then that of the related ones. */
function asTags({ label }: { readonly label: string }): readonly string[] {
  return [label === '0' ? 'O' : `B-${label}`];
}
