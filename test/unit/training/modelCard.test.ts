import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TrainOptions } from '../../../src/training/trainOptions.ts';
import { fineTune } from '../../../src/training/fineTune.ts';
import { tagF1, tinyRows } from './tinyData.ts';
import { tinyRun } from './tinyRun.ts';

let folder: string;
let options: TrainOptions;

beforeEach(async () => {
  ({ folder, options } = await tinyRun({ epochs: 2 }));
});
afterEach(() => rm(folder, { recursive: true }));

async function cardOf(changes: Partial<TrainOptions>, score = tagF1): Promise<string> {
  await fineTune({ ...options, ...changes }, { score });
  return readFile(path.join(options.out, 'README.md'), 'utf8');
}

test('a model card alone tells how to make the model again', async () => {
  const card = await cardOf({
    seed: 7,
    patience: 1,
    accumulate: 2,
    freeze: 1,
    maxLength: 16,
    labelWeights: { Disease: 2, O: 0.5 },
    versions: { chartmark: '1.2.3' },
    sources: { train: [{ name: 'notes|old.bio', files: 1, sha256: 'ab12', weight: 0.5 }] },
  });
  const rows = [
    'finds mentions of Chemical, Disease. Fine-tuned',
    /\| train \| 54 \| Chemical \d+, Disease \d+ \| `[0-9a-f]{64}` \|/,
    /\| dev \| 6 \| Chemical \d+, Disease \d+ \| `[0-9a-f]{64}` \|/,
    '| train | notes\\|old.bio | 1 | 0.5 | `ab12` |',
    'The dev part was split off at random',
    '| early stopping | after 1 epoch without a better dev F1 |',
    '| batch size | 2 × 8, gradients added up |',
    '| learning rate | 0.003, warm-up over a tenth of the steps, then linear to 0 |',
    '| dropout | 0.1, of attention 0.1 |',
    '| weights of labels | Disease 2, O 0.5 |',
    '| longest sequence | 16 tokens |',
    '| frozen | the embeddings and the lowest layer |',
    '| seed | 7 |',
    '| chartmark | 1.2.3 |',
    /\| onnxruntime-node \| \d+\.\d+\.\d+ \|/,
    `| node | ${process.versions.node} |`,
  ];
  for (const row of rows) expect(card).toMatch(row);
});

test('it has the loss and the score of each epoch, and says which was kept', async () => {
  const scores = [0.25, 0.5, 0.125];
  let epoch = 0;
  const card = await cardOf({ epochs: 3 }, () => scores[epoch++] as number);
  expect(card).toContain('| epochs | 3 (the best, 2, was kept) |');
  expect(card).toMatch(
    /\| 1 \| \d\.\d{4} \| 0\.2500 \|\n\| 2 \(kept\) \| \d\.\d{4} \| 0\.5000 \|\n\| 3 \| \d\.\d{4} \| 0\.1250 \|\n/,
  );
});

test('that of a relation model says what its score leaves out, and its config.json what it is', async () => {
  const card = await cardOf({ task: 're', train: { task: 're', rows: tinyRows(40, 1) } });
  expect(card).toContain('labels other than `0`');
  expect(card).toMatch(/\| train \| 3\d \| 1 \d+ \|/);
  const config = JSON.parse(await readFile(path.join(options.out, 'config.json'), 'utf8')) as object;
  expect(config).toMatchObject({
    architectures: ['BertForSequenceClassification'],
    problem_type: 'single_label_classification',
    id2label: { 0: '0', 1: '1' },
    label2id: { 0: 0, 1: 1 },
  });
});

test.each([
  [
    'mask',
    1,
    'It reads one sentence with the two mentions masked (`@GENE$` and `@DISEASE$` in their place).',
  ],
  [
    'marker',
    2,
    'It reads up to 2 sentences in a row with the two mentions marked (`@ * gene * ... @`, `# ^ disease ^ ... #`).',
  ],
] as const)(
  'that of a relation model says which pairs it classifies: %s',
  async (input, window, sentence) => {
    const types = [
      { name: 'causes', head: 'Gene', tail: 'Disease' },
      { name: 'with', head: 'Gene', tail: 'Gene', symmetric: true },
    ];
    const train = { task: 're', rows: tinyRows(40, 1), schema: { input, window, types } } as const;
    const card = await cardOf({ task: 're', epochs: 1, train });
    expect(card).toContain(sentence);
    expect(card).toContain('| causes | Gene | Disease |\n| with (symmetric) | Gene | Gene |\n');
  },
);
