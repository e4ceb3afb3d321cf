/**
 * `node bench/trainRun.ts FILE [--sentences N] [--epochs N] [--rounds N] [--base DIR]`: a whole run, from the start of a
 * process to the saved model, on the first sentences of a BIO file, beside the Trainer of transformers with its own
 * dynamic padding. In turns; runs that other programs disturbed are not counted, unless `--anyway`.
 */
import { newReading } from '../src/runs/runFolders.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { tokenExamples } from '../src/corpus/examples.ts';
import { readDocuments } from '../src/corpus/read.ts';
import { taskData } from '../src/training/taskData.ts';
import { askAlone, startServer } from './lineServer.ts';
import { recipeOf } from './recipe.ts';
import { printTable } from './table.ts';
import type { RunQuestion } from './train/question.ts';
import { comparison, pairedTurns } from './turns.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sentences: { type: 'string', default: '3000' },
    epochs: { type: 'string', default: '3' },
    preload: { type: 'string' },
    base: { type: 'string', default: path.join(import.meta.dirname, '../models/all-MiniLM-L6-v2') },
    anyway: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
  },
});
const [file] = positionals;
if (file === undefined) throw new Error('node bench/trainRun.ts FILE: a BIO file to train on');
const examples = tokenExamples(await readDocuments([file], newReading())).slice(0, Number(values.sentences));
const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
const question: RunQuestion & { readonly ask: string } = {
  ask: 'run',
  task: 'ner',
  base: values.base,
  out: path.join(folder, 'model'),
  train: examples.map(({ words, tags }) => ({ words, tags })),
  dev: [],
  labels: taskData({ task: 'ner', examples }).labels(),
  recipe: recipeOf('ner', Number(values.epochs)),
  seed: 1,
  threads: availableParallelism(),
  sampling: 'random',
};

/** Of a whole run. */
interface Measured {
  readonly seconds: number;
  readonly loss: number;
  readonly peak: number;
}

try {
  const { pairs, turns } = await pairedTurns({ rounds: Number(values.rounds), anyway: values.anyway }, run);
  console.log(
    `${path.basename(values.base)}, ${examples.length} sentences, ${values.epochs} epochs, ${pairs.length} of ${turns} turns ${values.anyway ? 'on a busy machine' : 'undisturbed'}\n`,
  );
  const row = (name: string, of: (measured: Measured) => number, digits: number): string[] => [
    name,
    ...comparison(
      pairs.map(([ours, peer]) => [of(ours), of(peer)] as const),
      digits,
    ),
  ];
  printTable(
    ['a whole run', 'ours', 'Trainer of transformers', 'ratio', 'ratios, middle half'],
    [
      row('seconds', ({ seconds }) => seconds, 1),
      row('peak MB', ({ peak }) => peak, 0),
      row('mean loss', ({ loss }) => loss, 3),
    ],
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function run(side: 0 | 1): Promise<{ result: Measured; alone: boolean }> {
  const program = side === 0 ? 'train/engine.ts' : 'python/trainer.py';
  const server = startServer(path.join(import.meta.dirname, program), values.preload);
  const { reply, alone } = await askAlone(server, { ...question });
  const seconds = (performance.now() - server.started) / 1000;
  await server.close();
  const result = { seconds, loss: Number(reply['loss']), peak: Number(reply['peak']) };
  const state = alone ? '' : ', disturbed';
  console.error(`${program}: ${seconds.toFixed(1)} s, ${result.peak.toFixed(0)} MB${state}`);
  return { result, alone };
}
