/**
 * `node bench/infer.ts MODEL FILE [--rounds N]`: a model folder on the sentences of a BIO file, beside ONNX
 * Runtime for Python and the pipeline of @huggingface/transformers on the same graph; each from a new process to
 * its first mention; and a note of 100 KB.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { tokenExamples } from '../src/corpus/examples.ts';
import { readDocuments } from '../src/corpus/read.ts';
import { batchByLength } from '../src/model/batches.ts';
import { askAlone, startServer } from './lineServer.ts';
import type { LineServer, Reply } from './lineServer.ts';
import { printTable, quantile } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});
const [model, file] = positionals;
if (model === undefined || file === undefined) {
  throw new Error('node bench/infer.ts MODEL FILE: a model folder and a BIO file');
}
const rounds = Number(values.rounds);
const coldStarts = 5;
/** Lets the other sides' threads fall asleep, in ms. */
const rest = 100;
/** About, in English biomedical text. */
const piecesPerWord = 1.5;
const noteSize = 100_000;
const firstNote = 'She was treated for breast cancer and type 2 diabetes mellitus .';

process.env['CHARTMARK_TRANSFORMERS_JS'] = transformersJs();
const sentences = tokenExamples(await readDocuments([file])).map(({ words }) => words);
const texts = sentences.map((words) => words.join(' '));

/** A way to run the model: a program, what to ask it for all sentences and for one. */
interface Side {
  readonly name: string;
  readonly file: string;
  readonly all: Reply;
  readonly one?: Reply;
}

const sides: readonly Side[] = [
  { name: 'ours', file: 'infer/engine.ts', all: { model, file }, one: { model, text: firstNote } },
  {
    name: 'ONNX Runtime for Python',
    file: 'python/infer.py',
    all: { model, sentences },
    one: { model, sentences: [firstNote.split(' ')] },
  },
  {
    name: 'transformers.js, a sentence a call',
    file: 'infer/transformersJs.ts',
    all: { model, batches: texts.map((text) => [text]) },
    one: { model, batches: [[firstNote]] },
  },
  {
    name: 'transformers.js, in batches of like length',
    file: 'infer/transformersJs.ts',
    all: {
      model,
      batches: batchByLength(sentences.map((words) => words.length * piecesPerWord)).map((batch) =>
        batch.map((i) => texts[i]),
      ),
    },
  },
];

await compareRates();
console.log();
await compareColdStarts();
console.log();
await longNote();

function start(side: Side): LineServer {
  return startServer(path.join(import.meta.dirname, side.file));
}

async function compareRates(): Promise<void> {
  const servers = sides.map(start);
  const replies = sides.map((): Reply[] => []);
  for (let turn = 0; turn <= 3 * rounds; turn++) {
    for (const [side, { all }] of sides.entries()) {
      const own = replies[side] as Reply[];
      if (own.length === rounds) continue;
      await pause(rest);
      const { reply, alone } = await askAlone(servers[side] as LineServer, all);
      // The first turn is not counted, nor are those in which other programs worked.
      if (turn > 0 && alone) own.push(reply);
    }
  }
  for (const server of servers) await server.close();
  const rates = replies.map((of) => of.map(({ ms }) => (1000 * sentences.length) / Number(ms)));
  const ours = quantile(rates[0] ?? [], 0.5);
  printTable(
    [
      `${sentences.length} sentences`,
      'sentences/s',
      'slowest to fastest (turns)',
      'ours is',
      'mentions',
      'peak MB',
    ],
    sides.map(({ name }, side) => {
      const own = rates[side] ?? [];
      const last = replies[side]?.at(-1);
      return [
        name,
        quantile(own, 0.5).toFixed(0),
        `${Math.min(...own).toFixed(0)} to ${Math.max(...own).toFixed(0)} (${own.length})`,
        `${(ours / quantile(own, 0.5)).toFixed(2)}x`,
        String(last?.['mentions']),
        Number(last?.['peak']).toFixed(0),
      ];
    }),
  );
}

async function compareColdStarts(): Promise<void> {
  const rows: string[][] = [];
  const starting = sides.filter(({ one }) => one !== undefined);
  const seconds = starting.map((): number[] => []);
  for (let round = 0; round < coldStarts; round++) {
    for (const [index, side] of starting.entries()) {
      const server = start(side);
      const { mentions } = await server.ask(side.one ?? {});
      seconds[index]?.push((performance.now() - server.started) / 1000);
      if (mentions === 0) throw new Error(`${side.name} found no mention in: ${firstNote}`);
      await server.close();
    }
  }
  for (const [index, { name }] of starting.entries()) {
    const own = seconds[index] ?? [];
    rows.push([
      name.replace(/,.*/u, ''),
      quantile(own, 0.5).toFixed(2),
      `${Math.min(...own).toFixed(2)} to ${Math.max(...own).toFixed(2)}`,
    ]);
  }
  printTable(['a new process to its first mention', 'median, s', 'fastest to slowest'], rows);
}

/** One text without line breaks or sentences given; nothing of it may be left out. */
async function longNote(): Promise<void> {
  let text = '';
  for (let i = 0; text.length < noteSize; i++) text += `${texts[i % texts.length]} `;
  const server = start(sides[0] as Side);
  const times: number[] = [];
  let reply: Reply = {};
  for (let round = 0; round <= rounds; round++) {
    reply = await server.ask({ model, text });
    if (round > 0) times.push(Number(reply['ms']));
  }
  await server.close();
  printTable(
    ['a note of 100 KB', 'median, s', 'mentions', 'last one ends at'],
    [
      [
        'ours',
        (quantile(times, 0.5) / 1000).toFixed(2),
        String(reply['mentions']),
        `${((100 * Number(reply['last'])) / text.length).toFixed(1)} %`,
      ],
    ],
  );
}

/** The peer's module. It is no dependency of ours: installed on first use, in a folder that git ignores. */
function transformersJs(): string {
  const folder = path.join(import.meta.dirname, '../.cache/bench/transformers-js');
  const manifest = path.join(folder, 'package.json');
  const require = createRequire(manifest);
  const name = '@huggingface/transformers';
  if (!existsSync(path.join(folder, 'node_modules', name))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(manifest, '{ "private": true }\n');
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@4`], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return pathToFileURL(require.resolve(name)).href;
}
