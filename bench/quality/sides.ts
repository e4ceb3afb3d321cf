import path from 'node:path';
import { microF1 } from '../../src/evaluation/microF1.ts';
import { labelScheme } from '../../src/model/labelScheme.ts';
import { bestLabels } from '../../src/model/viterbi.ts';
import type { TrainingData } from '../../src/training/trainOptions.ts';
import { taskData } from '../../src/training/taskData.ts';
import { fineTune } from '../../src/training/fineTune.ts';
import { startServer } from '../lineServer.ts';
import type { Recipe } from '../recipe.ts';

export type Side = 'ours' | 'trainer';

interface Job {
  readonly base: string;
  readonly out: string;
  readonly train: TrainingData;
  readonly dev: TrainingData;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly threads: number;
}

/** F1 in [0, 1] on the dev part after each epoch. */
export interface Scores {
  readonly f1: readonly number[];
  /** With the most probable tag of every word for itself, where that isn't the same. */
  readonly argmaxF1?: readonly number[];
}

export async function trainOurs({ train: data, recipe, ...job }: Job): Promise<Scores> {
  const { epochs } = await fineTune({ ...job, task: data.task, train: data, ...recipe }, { score: microF1 });
  return { f1: epochs.map(({ devF1 }) => devF1) };
}

/** The Trainer of transformers. Its probabilities are decoded as ours are. */
export async function trainPeer(job: Job): Promise<Scores> {
  const gold = taskData(job.dev).gold;
  const labels = taskData(job.train).labels();
  const server = startServer(path.join(import.meta.dirname, '../python/trainer.py'));
  const reply = await server.ask({
    ...job,
    task: job.train.task,
    train: plain(job.train),
    dev: plain(job.dev),
    labels,
    // As ours: batches of like length.
    sampling: 'group_by_length',
  });
  await server.close();
  const epochs = reply['epochs'] as readonly (readonly (readonly number[])[])[];
  const score = (decode: (probabilities: readonly number[]) => readonly string[]): number[] =>
    epochs.map((dev) =>
      microF1(
        gold,
        dev.map((own, i) => padded(decode(own), gold[i]?.length ?? 0)),
      ),
    );
  const argmax = (own: readonly number[]): string[] =>
    Array.from({ length: own.length / labels.length }, (_, word) => {
      const row = own.slice(word * labels.length, (word + 1) * labels.length);
      return labels[row.indexOf(Math.max(...row))] as string;
    });
  if (job.train.task === 're') return { f1: score((own) => argmax(own).map(relationTag)) };
  const scheme = labelScheme(labels);
  const viterbi = (own: readonly number[]): string[] =>
    bestLabels(Float32Array.from(own), scheme).map((id) => labels[id] as string);
  return { f1: score(viterbi), argmaxF1: score(argmax) };
}

/** What the peer needs of each example, those without words left out as ours leaves them out. */
function plain(data: TrainingData): readonly object[] {
  return data.task === 'ner'
    ? data.examples.filter(({ words }) => words.length > 0).map(({ words, tags }) => ({ words, tags }))
    : data.rows.map(({ text, label }) => ({ text, label }));
}

/** Words that the peer didn't see are no mention. */
function padded(tags: readonly string[], length: number): string[] {
  return Array.from({ length }, (_, word) => tags[word] ?? 'O');
}

/** As our scorer takes relations: a sentence of one word. */
function relationTag(label: string): string {
  return label === '0' ? 'O' : `B-${label}`;
}
