/**
 * `node bench/train.ts [--rounds N] [SHAPE...]`: an update of our trainer beside one of PyTorch with
 * transformers' BERT, in turns: same threads, shapes, dropout, AdamW and clipping. Then the time from an idle
 * machine to the first update on 3,000 sentences.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pick, randomInteger, seededRandom } from '../src/foundation/random.ts';
import { askAlone, startServer } from './lineServer.ts';
import type { LineServer } from './lineServer.ts';
import { printTable, quantile } from './table.ts';
import { parseShape } from './train/shapes.ts';
import type { Shape } from './train/shapes.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '12' } },
});
const rounds = Number(values.rounds);
const shapes = positionals.length > 0 ? positionals : ['minilm-16x64', 'minilm-16x128', 'bert-base-8x64'];
const threads = availableParallelism();
const sides = ['train/engine.ts', 'python/train.py'].map((file) => path.join(import.meta.dirname, file));
/** Steps that settle caches and memory before the timed ones. */
const warmUps = 2;
const startUps = 5;
/** Turns in which other programs worked are not counted; after so many there are no more. */
const mostTurns = 3 * rounds;
/** Lets the other side's threads fall asleep, in ms. */
const rest = 100;

console.log(`${threads} threads each, ${rounds} steps in turns\n`);
const rows: string[][] = [];
for (const shape of shapes) rows.push(await compareSteps(parseShape(shape)));
printTable(
  ['training step', 'ours, ms', 'PyTorch, ms', 'ratio', 'ratios, middle half', 'peak MB', 'PyTorch, MB'],
  rows,
);
console.log();
printTable(['MiniLM in a new process', 'ours, s', 'PyTorch, s', 'ratio'], [await compareStartUp()]);

async function compareSteps(shape: Shape): Promise<string[]> {
  const servers = sides.map(startServer);
  const times: number[][] = servers.map(() => []);
  for (const server of servers) {
    await server.ask({ ask: 'init', shape, threads });
    for (let i = 0; i < warmUps; i++) await server.ask({ ask: 'step' });
  }
  let turn = 0;
  for (; (times[0] ?? []).length < rounds && turn < mostTurns; turn++) {
    // Each is first every other time.
    const order = turn % 2 === 0 ? [0, 1] : [1, 0];
    const pair: number[] = [];
    for (const side of order) {
      await pause(rest);
      const { reply, alone } = await askAlone(servers[side] as LineServer, { ask: 'step' });
      if (alone) pair[side] = Number(reply['ms']);
    }
    const [ours, peer] = pair;
    if (ours === undefined || peer === undefined) continue;
    times[0]?.push(ours);
    times[1]?.push(peer);
  }
  const peaks: number[] = [];
  for (const server of servers) {
    peaks.push(Number((await server.ask({ ask: 'peak' }))['peak']));
    await server.close();
  }
  const [ours = [], peers = []] = times;
  const ratios = ours.map((ms, round) => ms / (peers[round] as number));
  return [
    `${shape.name} (${ours.length} of ${turn} turns)`,
    quantile(ours, 0.5).toFixed(0),
    quantile(peers, 0.5).toFixed(0),
    (quantile(ours, 0.5) / quantile(peers, 0.5)).toFixed(3),
    `${quantile(ratios, 0.25).toFixed(2)} to ${quantile(ratios, 0.75).toFixed(2)}`,
    ...peaks.map((peak) => peak.toFixed(0)),
  ];
}

/** From the start of a process to its first update: imports, checkpoint, tokens of all sentences, one step. */
async function compareStartUp(): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
  const question = {
    ask: 'run',
    base: path.join(import.meta.dirname, '../models/all-MiniLM-L6-v2'),
    out: path.join(folder, 'model'),
    sentences: sentences(3000),
    epochs: 1,
    threads,
    onlyFirstStep: true,
  };
  const seconds: number[][] = sides.map(() => []);
  try {
    for (let round = 0; round < startUps; round++) {
      for (const [side, file] of sides.entries()) {
        const server = startServer(file);
        await server.ask(question);
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
