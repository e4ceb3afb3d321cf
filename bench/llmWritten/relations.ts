import path from 'node:path';
import { readRelationRows } from '../../src/corpus/read.ts';
import { microF1 } from '../../src/evaluation/microF1.ts';
import { seededRandom, shuffled } from '../../src/foundation/random.ts';
import { loadSequenceClassifier } from '../../src/model/sequenceClassifier.ts';
import { train } from '../../src/training/train.ts';
import type { Run, Scores } from './run.ts';

/** Of GAD's distinct sentences: the dev part, of whose sentences settings were chosen on the first half. */
const devShare = 0.2;

/** Trains on a share of the relation sentences, and scores a dev part of GAD's training data. */
export async function runRelations({ data, share, seed, ...settings }: Run): Promise<Scores> {
  const all = await readRelationRows([path.join(data, 'llm-written', 'gene-disease-relations.jsonl')]);
  const rows = shuffled(seededRandom(1), all).slice(0, Math.round(share * all.length));
  await train({ ...settings, task: 're', seed, train: { task: 're', rows } }, { score: microF1 });
  const gad = await readRelationRows([path.join(data, 'GAD/fold1/train.tsv')]);
  const sentences = shuffled(seededRandom(2026), [...new Set(gad.map(({ text }) => text))]);
  const size = Math.round(sentences.length * devShare);
  const model = await loadSequenceClassifier(settings.out);
  try {
    const score = async (texts: readonly string[]): Promise<number> => {
      const wanted = new Set(texts);
      const dev = gad.filter(({ text }) => wanted.has(text));
      const found = await model.classify(dev);
      return microF1(dev.map(asTags), found.map(asTags));
    };
    return {
      texts: rows.length,
      parts: {
        GAD: {
          whole: await score(sentences.slice(0, size)),
          rest: await score(sentences.slice(Math.round(size / 2), size)),
        },
      },
    };
  } finally {
    await model.release();
  }
}

/** A sentence of one word, whose mention is the relation: micro F1 is then that of the related ones. */
function asTags({ label }: { readonly label: string }): readonly string[] {
  return [label === '0' ? 'O' : `B-${label}`];
}
