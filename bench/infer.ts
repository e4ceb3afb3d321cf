/**
 * `node bench/infer.ts MODEL FILE [--rounds N] [--anyway]`: a model folder on the sentences of a BIO file, beside ONNX
 * Runtime for Python and the pipeline of @huggingface/transformers on the same graph, as people call it in several
 * ways; each from a new process to its first mention; and a note of 100 KB. With `model_quantized.onnx` in the
 * folder all of that with 8-bit weights too. Only turns in which no other program worked count, but with `--anyway`.
 */
import { newReading } from '../src/runs/runFolders.ts';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { tokenExamples } from '../src/corpus/examples.ts';
import { readDocuments } from '../src/corpus/read.ts';
import { findGraph } from '../src/model/graphFile.ts';
import { transformersJs } from './infer/peer.ts';
import { sidesOf, type Side } from './infer/sides.ts';
import { askAlone, startServer, type LineServer, type Reply } from './lineServer.ts';
import { printTable, quantile } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, anyway: { type: 'boolean', default: false } },
});
const [model, file] = positionals;
if (model === undefined || file === undefined) {
  throw new Error('node bench/infer.ts MODEL FILE: a model folder and a BIO file');
}
const rounds = Number(values.rounds);
/** Lets the other sides' threads fall asleep, in ms. */
const rest = 100;
const noteSize = 100_000;

process.env['CHARTMARK_TRANSFORMERS_JS'] = transformersJs();
const sentences = tokenExamples(await readDocuments([file], newReading())).map(({ words }) => words);
const precisions =
  (await findGraph(model, 'int8')) === undefined ? ['fp32' as const] : (['fp32', 'int8'] as const);
const sides = precisions.flatMap((precision) => sidesOf(model, precision, file, sentences));

await compareRates();
console.log();
await compareColdStarts();
console.log();
await longNote();

function start(side: Side): LineServer {
  return startServer(path.join(import.meta.dirname, side.file));
}

/**
 * Asks all in turns until each has been measured so many times that no other program disturbed; after three times as
 * many turns it gives up.
 */
async function inTurns(
  asking: readonly (() => Promise<{ readonly reply: Reply; readonly alone: boolean }>)[],
): Promise<readonly (readonly Reply[])[]> {
  const replies = asking.map((): Reply[] => []);
  for (let turn = 0; turn < 3 * rounds; turn++) {
    for (const [side, ask] of asking.entries()) {
      const own = replies[side] as Reply[];
      if (own.length === rounds) continue;
      await pause(rest);
      const { reply, alone } = await ask();
      if (alone || values.anyway) own.push(reply);
    }
  }
  return replies;
}

async function compareRates(): Promise<void> {
  const servers = sides.map(start);
  // The first time is not counted.
  for (const [side, { all }] of sides.entries()) await (servers[side] as LineServer).ask(all);
  const replies = await inTurns(
    sides.map(
      ({ all }, side) =>
        () =>
          askAlone(servers[side] as LineServer, all),
    ),
  );
  for (const server of servers) await server.close();
  const rates = replies.map((of) => of.map(({ ms }) => (1000 * sentences.length) / Number(ms)));
  const medians = rates.map((of) => quantile(of, 0.5));
  const ours = sides.flatMap(({ name }, side) => (name === 'ours' ? [medians[side] as number] : []));
  printTable(
    [
      `${sentences.length} sentences`,
      'weights',
      'sentences/s',
      'slowest to fastest (turns)',
      ...precisions.map((precision) => `ours in ${precision} is`),
      'mentions',
      'peak MB',
    ],
    sides.map(({ name, precision }, side) => {
      const own = rates[side] ?? [];
      const median = medians[side] as number;
      const last = replies[side]?.at(-1);
      return [
        name,
        precision,
        median.toFixed(0),
        `${Math.min(...own).toFixed(0)} to ${Math.max(...own).toFixed(0)} (${own.length})`,
        ...ours.map((rate) => `${(rate / median).toFixed(2)}x`),
        String(last?.['mentions']),
        Number(last?.['peak']).toFixed(0),
      ];
    }),
  );
}

async function compareColdStarts(): Promise<void> {
  const starting = sides.filter(({ one }) => one !== undefined);
  const replies = await inTurns(
    starting.map((side) => async () => {
      const server = start(side);
      const { reply, alone } = await askAlone(server, side.one ?? {}, 'its start');
      const seconds = (performance.now() - server.started) / 1000;
      await server.close();
      if (reply['mentions'] === 0) throw new Error(`${side.name} finds no mention`);
      return { reply: { ...reply, seconds }, alone };
    }),
  );
  printTable(
    ['a new process to its first mention', 'weights', 'median, s (fastest to slowest, turns)'],
    starting.map(({ name, precision }, side) => [
      name.replace(/,.*/u, ''),
      precision,
      spread((replies[side] ?? []).map(({ seconds }) => Number(seconds))),
    ]),
  );
}

/** One text without line breaks or sentences given; nothing of it may be left out. */
async function longNote(): Promise<void> {
  let text = '';
  for (let i = 0; text.length < noteSize; i++) text += `${sentences[i % sentences.length]?.join(' ')} `;
  const reading = sides.filter((side) => side.text !== undefined);
  const servers = reading.map(start);
  const questions = reading.map((side) => side.text?.(text) ?? {});
  for (const [side, server] of servers.entries()) await server.ask(questions[side] as Reply);
  const replies = await inTurns(
    servers.map((server, side) => () => askAlone(server, questions[side] as Reply)),
  );
  for (const server of servers) await server.close();
  printTable(
    ['a note of 100 KB', 'weights', 'median, s (fastest to slowest, turns)', 'mentions', 'last one ends at'],
    reading.map(({ name, precision }, side) => {
      const own = replies[side] ?? [];
      return [
        name,
        precision,
        spread(own.map(({ ms }) => Number(ms) / 1000)),
        String(own[0]?.['mentions']),
        `${((100 * Number(own[0]?.['last'])) / text.length).toFixed(1)} %`,
      ];
    }),
  );
}

/** Median, least, most and number of seconds. */
function spread(seconds: readonly number[]): string {
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
  return `${quantile(seconds, 0.5).toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)}, ${seconds.length})`;
}
