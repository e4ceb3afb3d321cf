/**
 * `node bench/quality.ts --task ner|re --train FILE [--dev FILE] [--seeds 1,2,3] [--sides ours,trainer] [--out FILE]`:
 * one recipe and the same data with our trainer and the Trainer of transformers; both are scored by our scorer.
 * Every finished run is a line of `--out` and isn't done again; the table at the end is of all lines there.
 */
import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readTrainingData } from '../src/process/trainingData.ts';
import type { TrainingData } from '../src/training/trainOptions.ts';
import { trainOurs, trainPeer, type Scores, type Side } from './quality/sides.ts';
import { recipeOf, type Recipe } from './recipe.ts';
import { printTable } from './table.ts';

const { values } = parseArgs({
  options: {
    task: { type: 'string' },
    train: { type: 'string' },
    dev: { type: 'string' },
    seeds: { type: 'string', default: '1,2,3' },
    sides: { type: 'string', default: 'ours,trainer' },
    epochs: { type: 'string' },
    out: { type: 'string' },
  },
});
const { task, train: file } = values;
if ((task !== 'ner' && task !== 're') || file === undefined) {
  throw new Error('node bench/quality.ts --task ner|re --train FILE');
}

/** Part of `--train` that both sides are scored on when there is no `--dev`. */
const devShare = 0.15;
const base = path.join(import.meta.dirname, '../models/all-MiniLM-L6-v2');
const recipe = recipeOf(task, Number(values.epochs ?? (task === 'ner' ? 3 : 2)));
const { data: all } = await readTrainingData(task, [file], path.dirname(file));
const data =
  values.dev === undefined
    ? splitByText(all)
    : { train: all, dev: (await readTrainingData(task, [values.dev], path.dirname(values.dev))).data };

/** A finished run, a line of the file. */
interface Run extends Scores {
  readonly task: string;
  readonly data: string;
  readonly recipe: Recipe;
  readonly side: Side;
  readonly seed: number;
  readonly seconds: number;
}

const name = path.relative(path.dirname(path.dirname(path.dirname(path.resolve(file)))), path.resolve(file));
const finished = await readRuns();
const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
try {
  for (const seed of values.seeds.split(',').map(Number)) {
    for (const side of values.sides.split(',') as Side[]) {
      if (finished.some((run) => run.side === side && run.seed === seed)) continue;
      const run = side === 'ours' ? trainOurs : trainPeer;
      const started = performance.now();
      const scores = await run({
        base,
        ...data,
        recipe,
        seed,
        threads: availableParallelism(),
        out: path.join(folder, side),
      });
      const seconds = Math.round((performance.now() - started) / 1000);
      const line: Run = { task, data: name, recipe, side, seed, seconds, ...scores };
      finished.push(line);
      if (values.out !== undefined) await appendFile(values.out, `${JSON.stringify(line)}\n`);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
report();

/** The earlier runs of this task, data and recipe. */
async function readRuns(): Promise<Run[]> {
  if (values.out === undefined) return [];
  const text = await readFile(values.out, 'utf8').catch(() => '');
  const runs = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Run);
  const wanted = JSON.stringify([task, name, recipe]);
  return runs.filter((run) => JSON.stringify([run.task, run.data, run.recipe]) === wanted);
}

/** By a hash of the text, so that rows of one text are on the same side. */
function splitByText(from: TrainingData): { train: TrainingData; dev: TrainingData } {
  return from.task === 'ner'
    ? {
        train: { task: 'ner', examples: from.examples.filter(({ words }) => !isDev(words.join(' '))) },
        dev: { task: 'ner', examples: from.examples.filter(({ words }) => isDev(words.join(' '))) },
      }
    : {
        train: { task: 're', rows: from.rows.filter(({ text }) => !isDev(text)) },
        dev: { task: 're', rows: from.rows.filter(({ text }) => isDev(text)) },
      };
}

function isDev(text: string): boolean {
  return createHash('sha256').update(text).digest().readUInt32BE() < devShare * 2 ** 32;
}

function report(): void {
  const sizes = [data.train, data.dev].map((part) =>
    part.task === 'ner' ? part.examples.length : part.rows.length,
  );
  console.log(`${task}, ${name}: ${sizes.join(' and ')} examples, ${JSON.stringify(recipe)}\n`);
  const rows = [...finished]
    .sort((a, b) => a.side.localeCompare(b.side) || a.seed - b.seed)
    .map((run) => [
      run.side,
      String(run.seed),
      percent(last(run.f1)),
      percent(Math.max(...run.f1)),
      run.argmaxF1 === undefined ? '' : percent(last(run.argmaxF1)),
    ]);
  printTable(['side', 'seed', 'F1 after the last epoch', 'best epoch', 'last epoch, argmax'], rows);
  const pairs = finished.flatMap((run) => {
    const peer = finished.find(({ side, seed }) => side === 'trainer' && seed === run.seed);
    return run.side === 'ours' && peer !== undefined ? [[last(run.f1), last(peer.f1)] as const] : [];
  });
  const mean = (side: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  console.log(
    `\nMean F1 of ${pairs.length} seeds: ours ${percent(mean(0))}, Trainer ${percent(mean(1))}, ` +
      `difference ${percent(mean(0) - mean(1))}`,
  );
}

function percent(f1: number): string {
  return (100 * f1).toFixed(2);
}

/** After the last epoch. */
function last(scores: readonly number[]): number {
  return scores.at(-1) ?? Number.NaN;
}
