// What a run of synthesis costs beside the model's time: node bench/synthesis.ts [--replies 20000] [--rounds 3]
import { parseArgs } from 'node:util';
import { runAtLatency } from './synthesis/latency.ts';
import { runPipeline } from './synthesis/pipeline.ts';
import { printTable, quantile } from './table.ts';

const { values } = parseArgs({
  options: {
    replies: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
  },
});
const replies = Number(values.replies);
const rounds = Number(values.rounds);
const median = (list: readonly number[]): number => quantile(list, 0.5);
const whole = (value: number): string => Math.round(value).toLocaleString('en');

// Compiled and warm before anything counts.
await runPipeline(2000, 1);

const pipeline: string[][] = [];
for (const textsPerReply of [1, 3, 10]) {
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    runs.push(await runPipeline(Math.ceil(replies / textsPerReply), textsPerReply));
  }
  const rate = runs.map((run) => run.replies / run.seconds);
  pipeline.push([
    String(textsPerReply),
    whole(median(rate)),
    `${whole(Math.min(...rate))} to ${whole(Math.max(...rate))}`,
    whole(median(runs.map((run) => run.texts / run.seconds))),
    whole(median(runs.map((run) => run.replies / run.cpuSeconds))),
    whole(Math.max(...runs.map(({ peakBytes }) => peakBytes)) / 1e6),
  ]);
}
printTable(
  ['texts a reply', 'replies/s', 'slowest to fastest', 'texts/s', 'replies per CPU second', 'peak MB'],
  pipeline,
);

console.log('');
const rows: string[][] = [];
for (const [concurrency, latency] of [
  [64, 200],
  [8, 200],
] as const) {
  const possible = (concurrency * 1000) / latency;
  const runs = [];
  for (let round = 0; round < rounds; round++)
    runs.push(await runAtLatency(possible * 20, concurrency, latency));
  rows.push([
    `${concurrency} in flight, ${latency} ms`,
    whole(possible),
    median(runs.map(({ steadyPerSecond }) => steadyPerSecond)).toFixed(1),
    `${(median(runs.map((run) => run.steadyPerSecond / run.possiblePerSecond)) * 100).toFixed(1)} %`,
    `${(median(runs.map((run) => run.replies / run.seconds / run.possiblePerSecond)) * 100).toFixed(1)} %`,
  ]);
}
printTable(
  ['', 'possible replies/s', 'steady replies/s', 'of the possible', 'whole run, start and end too'],
  rows,
);
