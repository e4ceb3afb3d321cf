/**
 * `node bench/relationInput.ts DOCUMENTS NAME:HEAD:TAIL [--seeds 1,2,3] [--epochs N] [--window N]`: the two forms of
 * relation input, masks and markers, on the relations of one type of annotated documents. Every fifth document is
 * scored (between its own mentions, strictly), the others are learned from; a part of these chooses the epoch.
 */
import { newReading } from '../src/runs/runFolders.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Document } from '../src/corpus/document.ts';
import { readDocuments } from '../src/corpus/read.ts';
import { evaluateDocumentRelations } from '../src/evaluation/evaluateDocumentRelations.ts';
import { microF1 } from '../src/evaluation/microF1.ts';
import { relateMentions } from '../src/model/relateMentions.ts';
import { loadSequenceClassifier } from '../src/model/sequenceClassifier.ts';
import { relationCandidates } from '../src/project/relationCandidates.ts';
import { relationInput } from '../src/project/relationSettings.ts';
import type { RelationSchema } from '../src/project/relationSchema.ts';
import { fineTune } from '../src/training/fineTune.ts';
import { printTable } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    epochs: { type: 'string', default: '4' },
    window: { type: 'string', default: '1' },
  },
});
const [source, kind] = positionals;
const [name, head, tail] = kind?.split(':') ?? [];
if (source === undefined || name === undefined || head === undefined || tail === undefined) {
  throw new Error('node bench/relationInput.ts DOCUMENTS NAME:HEAD:TAIL');
}
const type = { name, head, tail };
const documents = (await readDocuments([source], newReading())).map(ofType);
const learned = documents.filter((_, index) => index % 5 !== 4);
const held = documents.filter((_, index) => index % 5 === 4);

const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-bench-'));
const rows: string[][] = [];
try {
  for (const seed of values.seeds.split(',').map(Number)) {
    for (const input of relationInput.options) {
      const schema = { input, window: Number(values.window), types: [type] };
      const started = performance.now();
      const { devF1, pairs, report } = await run(schema, seed);
      const scores = [report.micro.precision, report.micro.recall, report.micro.f1, devF1];
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      rows.push([input, String(seed), ...scores.map((score) => score.toFixed(4)), String(pairs), seconds]);
      console.error(rows.at(-1)?.join('  '));
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
printTable(['input', 'seed', 'precision', 'recall', 'F1', 'dev F1', 'pairs scored', 'seconds'], rows);

async function run(schema: RelationSchema, seed: number) {
  const out = path.join(folder, `${schema.input}-${seed}`);
  const pairRows = learned.flatMap((document) => relationCandidates(document, schema).map(({ row }) => row));
  const { best } = await fineTune(
    {
      task: 're',
      base: path.join(import.meta.dirname, '../models/all-MiniLM-L6-v2'),
      out,
      train: { task: 're', rows: pairRows, schema },
      epochs: Number(values.epochs),
      seed,
    },
    { score: microF1 },
  );
  const classifier = await loadSequenceClassifier(out);
  const { documents: related, pairs } = await relateMentions(classifier, held, schema);
  await classifier.release();
  const report = evaluateDocumentRelations(held, related, { created: '', resamples: 0 });
  return { devF1: best.devF1, pairs, report };
}

/** The document with the relations of the type that is looked at only. */
function ofType(document: Document): Document {
  const labels = new Map(document.spans.map((span) => [span.id, span.label]));
  const relations = document.relations.filter(
    (relation) =>
      relation.label === name && labels.get(relation.head) === head && labels.get(relation.tail) === tail,
  );
  return { ...document, relations };
}
