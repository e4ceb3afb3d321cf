import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseInlineTags } from '../../../src/corpus/tagged/inlineTags.ts';
import { labelWeights, unseenLabels } from '../../../src/training/labelCounts.ts';
import { modelInfo } from '../../../src/model/folder.ts';
import { parseReply } from '../../../src/llm/reply/parseReply.ts';
import { priceOf } from '../../../src/llm/cost/prices.ts';
import { readTrainingChoices } from '../../../src/project/trainingOptions.ts';
import { evaluatePredictions } from '../../../src/tasks/evaluate.ts';
import { readReport, writeReport } from '../../../src/tasks/reports.ts';

/** Names that every JavaScript object has. */
const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-names-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Predictions come from files here. */
const noModel = (): Promise<never> => Promise.reject(new Error('no model is run'));

test('a report on labels with such names is the same after it was written and read', async () => {
  const bio = names.map((name) => `gout\tB-${name}\nhere\tO\n`).join('\n');
  const gold = path.join(folder, 'gold.bio');
  await writeFile(gold, bio);
  const report = await evaluatePredictions(
    {
      task: 'ner',
      gold: [gold],
      predictor: { kind: 'files', files: [gold] },
      projectFolder: folder,
      title: 'Names',
      created: '2026-01-01T00:00:00.000Z',
      shownPath: (file) => file,
    },
    {
      signal: new AbortController().signal,
      worker: { annotate: noModel, classify: noModel, relate: noModel },
    },
  );
  expect(Object.keys(report.types).sort()).toEqual(names.toSorted());
  const file = path.join(folder, 'report.json');
  await writeReport(file, report);
  expect(Object.entries((await readReport(file)).types)).toEqual(Object.entries(report.types));
});

test('labels with such names have counts and weights of their own', () => {
  const labels = Object.fromEntries(names.map((name, index) => [name, index + 1]));
  const part = { examples: 1, sha256: '', labels };
  const { data } = modelInfo.parse({
    task: 'ner',
    labels: [],
    maxLength: 1,
    data: [
      { ...part, role: 'train', labels: {} },
      { ...part, role: 'dev' },
    ],
  });
  expect(unseenLabels(data)).toEqual(names);
  const { labelWeights: weights } = readTrainingChoices({ labelWeights: labels });
  expect(labelWeights(['O', ...names.map((name) => `B-${name}`)], weights ?? {})).toEqual([1, 1, 2, 3, 4, 5]);
});

test.each(names)('%s in a reply is a word like others', (name) => {
  expect(parseReply(`{texts: [{text: ${name}}]}`).map(({ text }) => text)).toEqual([name]);
  expect(parseReply(`{"${name}": {"text": "other"}, "texts": [{"text": "gout"}]}`)).toHaveLength(1);
  expect(parseInlineTags(`&${name}; has gout`, [name])).toMatchObject({
    text: expect.stringContaining(`&${name};`),
  });
  expect(priceOf(`${name}-2024-01-01`, {})).toBeUndefined();
});
