/**
 * `node bench/train.ts [--rounds N] [--threads N] [--parts] [SHAPE...]`: an update of our trainer beside one of PyTorch with
 * transformers' BERT, in turns, on the same batches: same threads, dropout, AdamW and clipping. Then the time from the
 * start of a process to the first update on 3,000 sentences.
 *
 * `--parts` shows what the parts of an update take. To see what a component costs: `--dropout RATE` changes both sides;
 * `--attention sdpa|eager`, `--adamw fused|foreach|single`, `--flush-denormals` and `--preload LIBRARY` change
 * PyTorch's. `--anyway` counts turns that other programs disturbed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pick, randomInteger, seededRandom } from '../src/foundation/random.ts';
import { askAlone, startServer, type LineServer, type Reply } from './lineServer.ts';
import { recipeOf } from './recipe.ts';
import { printTable, quantile } from './table.ts';
import { randomBatch } from './train/batch.ts';
import type { RunQuestion } from './train/question.ts';
import { parseShape, type Shape } from './train/shapes.ts';
import { comparison, pairedTurns } from './turns.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    anyway: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '12' },
    threads: { type: 'string', default: String(availableParallelism()) },
    parts: { type: 'boolean', default: false },
    dropout: { type: 'string', default: '0.1' },
    attention: { type: 'string', default: 'sdpa' },
    adamw: { type: 'string', default: 'fused' },
    'flush-denormals': { type: 'boolean', default: false },
    preload: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const names = positionals.length > 0 ? positionals : ['minilm-16x64', 'minilm-16x128', 'bert-base-8x64'];
const threads = Number(values.threads);
const sides = ['train/engine.ts', 'python/train.py'].map((file) => path.join(import.meta.dirname, file));
/** Steps that settle caches and memory before the timed ones. */
const warmUps = 2;
const startUps = 5;

for (const name of names) {
  const shape = parseShape(name, Number(values.dropout));
  await compareSteps(shape);
}
if (!values.parts) {
  printTable(['MiniLM in a new process', 'ours, s', 'PyTorch, s', 'ratio'], [await compareStartUp()]);
}

async function compareSteps(shape: Shape): Promise<void> {
  const servers = sides.map((file) => startServer(file, values.preload));
  const { attention, adamw, parts } = values;
  const flushDenormals = values['flush-denormals'];
  let about = '';
  for (const server of servers) {
    const reply = await server.ask({ ask: 'init', shape, threads, attention, adamw, flushDenormals });
    about = String(reply['about']);
  }
  // Both sides draw the same batches.
  const randoms = sides.map(() => seededRandom(1));
  const step = async (side: number): Promise<{ result: Reply; alone: boolean }> => {
    const batch = randomBatch(shape, randoms[side] as () => number);
    const { reply, alone } = await askAlone(servers[side] as LineServer, { ask: 'step', batch, parts });
    return { result: reply, alone };
  };
  for (const side of servers.keys()) for (let i = 0; i < warmUps; i++) await step(side);
  const { pairs, turns } = await pairedTurns({ rounds, anyway: values.anyway }, step);
  const peaks: number[] = [];
  for (const server of servers) {
    peaks.push(Number((await server.ask({ ask: 'peak' }))['peak']));
    await server.close();
  }
  const row = (name: string, of: (reply: Reply) => number): string[] => [
    name,
    ...comparison(
      pairs.map(([ours, peer]) => [of(ours), of(peer)] as const),
      parts ? 1 : 0,
    ),
  ];
  const partNames = parts ? Object.keys((pairs[0]?.[0]['parts'] as object | undefined) ?? {}) : [];
  console.log(
    `${about}, dropout ${values.dropout}, attention ${attention}, AdamW ${adamw}; ` +
      `${pairs.length} of ${turns} turns ${values.anyway ? 'on a busy machine' : 'undisturbed'}; peak MB: ours ${peaks[0]?.toFixed(0)}, ` +
      `PyTorch ${peaks[1]?.toFixed(0)}; last loss: ${pairs
        .at(-1)
        ?.map((reply) => Number(reply['loss']).toFixed(3))
        .join(', ')}\n`,
  );
  printTable(
    [shape.name, 'ours, ms', 'PyTorch, ms', 'ratio', 'ratios, middle half'],
    [
      row('training step', (reply) => Number(reply['ms'])),
      ...partNames.map((name) => row(name, (reply) => (reply['parts'] as Record<string, number>)[name] ?? 0)),
    ],
  );
  console.log();
}

/** From the start of a process to its first update: imports, checkpoint, tokens of all sentences, one step. */
async function compareStartUp(): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
  const question: RunQuestion & { readonly ask: string } = {
    ask: 'first step',
    task: 'ner',
    base: path.join(import.meta.dirname, '../models/all-MiniLM-L6-v2'),
    out: path.join(folder, 'model'),
    train: sentences(3000),
    dev: [],
    labels: ['O', 'B-Disease', 'I-Disease'],
    recipe: recipeOf('ner', 1),
    seed: 1,
    threads,
    sampling: 'random',
  };
  const seconds: number[][] = sides.map(() => []);
  try {
    for (let round = 0; round < startUps; round++) {
      for (const [side, file] of sides.entries()) {
        const server = startServer(file);
        await server.ask({ ...question });
        seconds[side]?.push((performance.now() - server.started) / 1000);
        await server.close();
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const [ours = Number.NaN, peer = Number.NaN] = seconds.map((of) => quantile(of, 0.5));
  return ['first update on 3,000 sentences', ours.toFixed(2), peer.toFixed(2), (ours / peer).toFixed(2)];
}

/** Sentences of 8 to 40 words, as long as those of abstracts. */
function sentences(count: number): { words: string[]; tags: string[] }[] {
  const random = seededRandom(1);
  const vocabulary = (
    'the patient was treated with metformin for type 2 diabetes mellitus and chronic kidney disease after ' +
    'admission because of shortness breath , severe hypertension atrial fibrillation ( INR 2.3 )'
  ).split(' ');
  return Array.from({ length: count }, () => {
    const words = Array.from({ length: 8 + randomInteger(random, 33) }, () => pick(random, vocabulary));
    return { words, tags: words.map((word) => (word === 'diabetes' ? 'B-Disease' : 'O')) };
  });
}
