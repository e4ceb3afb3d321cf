/**
 * `node bench/trainRun.ts FILE [--sentences N] [--epochs N]`: a whole run, from the start of a process to the saved
 * model, on the first sentences of a BIO file, beside the Trainer of transformers with its own dynamic padding.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { tokenExamples } from '../src/corpus/examples.ts';
import { readDocuments } from '../src/corpus/read.ts';
import { startServer } from './lineServer.ts';
import { printTable } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sentences: { type: 'string', default: '3000' },
    epochs: { type: 'string', default: '3' },
  },
});
const [file] = positionals;
if (file === undefined) throw new Error('node bench/trainRun.ts FILE: a BIO file to train on');
const examples = tokenExamples(await readDocuments([file])).slice(0, Number(values.sentences));
const sentences = examples.map(({ words, tags }) => ({ words, tags }));

const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
try {
  const sides = [
    ['ours', 'train/engine.ts'],
    ['Trainer of transformers', 'python/train.py'],
  ] as const;
  const rows: string[][] = [];
  for (const [index, [name, program]] of sides.entries()) {
    const server = startServer(path.join(import.meta.dirname, program));
    const reply = await server.ask({
      ask: 'run',
      base: path.join(import.meta.dirname, '../models/all-MiniLM-L6-v2'),
      out: path.join(folder, `model-${index}`),
      sentences,
      epochs: Number(values.epochs),
      threads: availableParallelism(),
      onlyFirstStep: false,
    });
    const seconds = (performance.now() - server.started) / 1000;
    await server.close();
    rows.push([name, seconds.toFixed(1), Number(reply['loss']).toFixed(3), Number(reply['peak']).toFixed(0)]);
  }
  printTable(
    [`MiniLM, ${sentences.length} sentences, ${values.epochs} epochs`, 'seconds', 'loss', 'peak MB'],
    rows,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
