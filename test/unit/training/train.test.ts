import { writeFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import { readModelInfo } from '../../../src/model/folder.ts';
import { loadSequenceClassifier } from '../../../src/model/sequenceClassifier.ts';
import { loadTokenClassifier } from '../../../src/model/tokenClassifier.ts';
import { plainDocument } from '../../../src/corpus/document.ts';
import type { TrainOptions, TrainProgress } from '../../../src/training/trainOptions.ts';
import { fineTune } from '../../../src/training/fineTune.ts';
import { embeddingNames } from '../../../src/training/checkpoint.ts';
import { lockTraining } from '../../../src/training/outFolder.ts';
import { writeTinyBase } from './tinyBase.ts';
import { example, tagF1, tinyRows, tinySentences } from './tinyData.ts';
import { hashOf, tinyRun } from './tinyRun.ts';

let folder: string;
let options: TrainOptions;

beforeEach(async () => {
  ({ folder, options } = await tinyRun());
});
afterEach(() => rm(folder, { recursive: true }));

/** The failure of a run, which must have left no trace. */
async function failure(changes: Partial<TrainOptions>): Promise<unknown> {
  const error: unknown = await fineTune({ ...options, ...changes }, { score: tagF1 }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(await readdir(path.join(folder, 'models')).catch(() => [])).toEqual([]);
  return error;
}

/** All weights of a short run. */
async function weightsOf(seed: number): Promise<string> {
  await fineTune({ ...options, epochs: 1, seed }, { score: tagF1 });
  return (await readFile(path.join(options.out, 'model.safetensors'))).toString('base64');
}

describe('training', () => {
  test('learns entities by heart, and the written model finds them', async () => {
    const result = await fineTune(options, { score: tagF1 });
    expect(result.best.devF1).toBe(1);
    expect(result.labels).toEqual(['O', 'B-Chemical', 'I-Chemical', 'B-Disease', 'I-Disease']);
    const model = await loadTokenClassifier(options.out);
    const [document] = await model.annotate([plainDocument('note', 'had gout and aspirin.')]);
    expect(document?.spans.map(({ start, end, label }) => [start, end, label])).toEqual([
      [4, 8, 'Disease'],
      [13, 20, 'Chemical'],
    ]);
    await model.release();
  });

  test('reports rates in seconds, and nothing as saved in the middle of an epoch unless asked', async () => {
    const reports: TrainProgress[] = [];
    const started = performance.now();
    await fineTune(
      { ...options, epochs: 1 },
      { score: tagF1, onProgress: (progress) => reports.push(progress) },
    );
    const seconds = (performance.now() - started) / 1000;
    const last = reports.at(-1);
    expect(last?.step).toBe(last?.steps);
    // 54 sentences in less than the time that all took.
    expect(last?.examplesPerSecond).toBeGreaterThan(54 / seconds);
    expect(reports.filter(({ saved, phase }) => phase === 'train' && saved !== undefined)).toEqual([]);
  });

  test('saves after every so many updates, but not twice at the end of an epoch', async () => {
    const savedAt = async (saveEvery: number): Promise<readonly number[]> => {
      const steps = new Set<number>();
      const onProgress = ({ saved, phase, step }: TrainProgress): void => {
        if (phase === 'train' && saved?.epochs === 0) steps.add(step);
      };
      await fineTune({ ...options, epochs: 1, saveEvery }, { score: tagF1, onProgress });
      return [...steps];
    };
    expect(Math.min(...(await savedAt(3)))).toBe(3);
    // 54 sentences in batches of 8 are 7 updates.
    expect(await savedAt(7)).toEqual([]);
  });

  test('learns relations, and the written model tells them apart', async () => {
    const result = await fineTune(
      { ...options, task: 're', train: { task: 're', rows: tinyRows(60, 1) } },
      { score: tagF1 },
    );
    expect(result.best.devF1).toBe(1);
    expect(result.labels).toEqual(['0', '1']);
    const model = await loadSequenceClassifier(options.out);
    const found = await model.classify([
      { text: 'had gout with a aspirin .' },
      { text: 'had gout with a statin .' },
    ]);
    expect(found.map(({ label }) => label)).toEqual(['1', '0']);
    await model.release();
  });

  test('gives the same model for the same seed, and another for another', async () => {
    const first = await weightsOf(1);
    expect(await weightsOf(1)).toBe(first);
    expect(await weightsOf(2)).not.toBe(first);
  });

  test('writes a Hugging Face folder with the record of the run', async () => {
    await fineTune({ ...options, versions: { chartmark: '1.2.3' } }, { score: tagF1 });
    expect((await readdir(options.out)).sort()).toEqual([
      'README.md',
      'chartmark.json',
      'config.json',
      'model.onnx',
      'model.safetensors',
      'tokenizer_config.json',
      'vocab.txt',
    ]);
    const config: unknown = JSON.parse(await readFile(path.join(options.out, 'config.json'), 'utf8'));
    expect(config).toMatchObject({
      architectures: ['BertForTokenClassification'],
      id2label: { 0: 'O', 1: 'B-Chemical' },
      label2id: { O: 0, 'B-Chemical': 1 },
    });
    const info = await readModelInfo(options.out);
    expect(info).toMatchObject({ task: 'ner', base: 'base', seed: 1, versions: { chartmark: '1.2.3' } });
    expect(info?.data.map(({ role, examples }) => [role, examples])).toEqual([
      ['train', 54],
      ['dev', 6],
    ]);
    const card = await readFile(path.join(options.out, 'README.md'), 'utf8');
    expect(card).toContain('finds mentions of Chemical, Disease');
  });

  test('tells how far it is: loading, training with a falling loss, scoring, saving', async () => {
    const seen: TrainProgress[] = [];
    await fineTune(options, { score: tagF1, onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toMatchObject({ phase: 'load', step: 0 });
    expect(seen.at(-1)).toMatchObject({ phase: 'save', step: 42, steps: 42, devF1: 1 });
    const losses = seen.flatMap(({ loss }) => (loss === undefined ? [] : [loss]));
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
    for (const { secondsLeft = 0 } of seen) expect(secondsLeft).toBeGreaterThanOrEqual(0);
    for (const { memoryBytes } of seen) expect(memoryBytes).toBeGreaterThan(1e7);
  });

  test('keeps the best epoch, the later of equals', async () => {
    const scores = [0.2, 0.9, 0.4, 0.9, 0.1, 0.3];
    let epoch = 0;
    const result = await fineTune(options, { score: () => scores[epoch++] as number });
    expect(result.best).toEqual({ epoch: 4, devF1: 0.9 });
    expect(result.epochs.map(({ devF1 }) => devF1)).toEqual(scores);
  });

  test('stops early when no better epoch comes', async () => {
    const scores = [0.5, 0.4, 0.3, 0.9];
    let epoch = 0;
    const result = await fineTune({ ...options, patience: 2 }, { score: () => scores[epoch++] as number });
    expect(result.epochs).toHaveLength(3);
    expect(result.best.epoch).toBe(1);
  });

  test('an F1 that only stays the same does not put off the stop; the later of equals is kept', async () => {
    const scores = [0.5, 0.8, 0.8, 0.8, 0.9];
    let epoch = 0;
    const result = await fineTune({ ...options, patience: 2 }, { score: () => scores[epoch++] as number });
    expect(result.epochs).toHaveLength(4);
    expect(result.best.epoch).toBe(4);
  });

  test('reads sentences longer than the model in windows', async () => {
    const long = tinySentences(12, 3).map(({ documentId, words, tags }) =>
      example(
        documentId,
        ...[...words, ...words, ...words].map((word, i) => `${word}/${tags[i % tags.length]}`),
      ),
    );
    const result = await fineTune(
      { ...options, maxLength: 8, epochs: 20, train: { task: 'ner', examples: long } },
      { score: tagF1 },
    );
    expect(result.best.devF1).toBe(1);
  });
});

describe('training that is cancelled or fails', () => {
  test('ends between two steps and writes nothing', async () => {
    const cancelling = new AbortController();
    const run = fineTune(options, {
      score: tagF1,
      signal: cancelling.signal,
      onProgress: ({ step }) => {
        if (step > 0) cancelling.abort();
      },
    });
    await expect(run).rejects.toBeInstanceOf(CancelledError);
    expect(await readdir(path.join(folder, 'models'))).toEqual([]);
  });

  test('leaves the previous model as it was', async () => {
    const description = JSON.stringify({ task: 'ner', labels: ['O'], maxLength: 8 });
    await mkdir(options.out, { recursive: true });
    await writeFile(path.join(options.out, 'chartmark.json'), description);
    const failing = fineTune(options, {
      score: () => {
        throw new Error('broken score');
      },
    });
    await expect(failing).rejects.toThrow('broken score');
    expect(await readdir(options.out)).toEqual(['chartmark.json']);
    expect(await readFile(path.join(options.out, 'chartmark.json'), 'utf8')).toBe(description);
  });

  test.each<[string, Partial<TrainOptions>, RegExp]>([
    ['no sentences', { train: { task: 'ner', examples: [] } }, /contains no sentences/u],
    ['no mention', { train: { task: 'ner', examples: [example('n', 'had', 'no')] } }, /every tag is O/u],
    ['one sentence', { train: { task: 'ner', examples: [example('n', 'gout/B-Disease')] } }, /not enough/u],
    ['no rows', { task: 're', train: { task: 're', rows: [] } }, /contains no rows/u],
    [
      'rows of one class',
      { task: 're', train: { task: 're', rows: tinyRows(9, 1).map(({ text }) => ({ text, label: '1' })) } },
      /Every row of the training data has the label "1"/u,
    ],
    ['zero epochs', { epochs: 0 }, /"epochs"/u],
    ['half a sentence a batch', { batchSize: 0.5 }, /"batchSize"/u],
    ['a learning rate below zero', { learningRate: -1 }, /"learningRate"/u],
    ['more frozen layers than there are', { freeze: 3 }, /has 2 layers/u],
    ['no patience', { patience: 0 }, /"patience"/u],
    ['too few tokens a sequence', { maxLength: 4 }, /"maxLength"/u],
    ['a weight of zero', { labelWeights: { Disease: 0 } }, /"labelWeights"/u],
    ['an empty dev file', { dev: { task: 'ner', examples: [] } }, /dev data contains no/u],
  ])('says so when it gets %s', async (_, changes, message) => {
    const error = await failure(changes);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).describe()).toMatch(message);
  });

  test.each<[string, Parameters<typeof writeTinyBase>[1], RegExp]>([
    ['of another family', { config: { model_type: 'gpt2' } }, /gpt2/u],
    ['with another activation', { config: { hidden_act: 'silu' } }, /activation function is silu/u],
    ['without a table', { dropped: embeddingNames.word }, /word_embeddings/u],
    [
      'of other sizes',
      { config: { intermediate_size: 128 } },
      /\[64, 32\], but config\.json says \[128, 32\]/u,
    ],
  ])('says so when the base is %s', async (_, base, message) => {
    await writeTinyBase(options.base, base);
    const error = await failure({});
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).describe()).toMatch(message);
  });

  test('refuses to replace the base, or a folder that is no model', async () => {
    expect(await failure({ out: options.base })).toMatchObject({ message: /folder of the base encoder/u });
    await writeFile(path.join(folder, 'precious.txt'), 'data');
    expect(await failure({ out: folder })).toMatchObject({ message: /contains .*precious\.txt/u });
  });

  test('refuses the base also by another name, and a model with a file that is not its own', async () => {
    const other = path.join(folder, 'other');
    await symlink(options.base, other);
    for (const out of [other, `${options.base}/`, `${options.base}/../base`]) {
      expect(await failure({ out })).toMatchObject({ message: /folder of the base encoder/u });
    }
    await fineTune({ ...options, epochs: 1 }, { score: tagF1 });
    await fineTune({ ...options, epochs: 1 }, { score: tagF1 });
    await writeFile(path.join(options.out, 'gold.bio'), 'precious');
    const error: unknown = await fineTune(options, { score: tagF1 }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: /contains gold\.bio, which Chartmark did not put there/u });
    expect(await readFile(path.join(options.out, 'gold.bio'), 'utf8')).toBe('precious');
  });

  test('refuses a folder that got a file while it was trained, and can then be resumed', async () => {
    await fineTune({ ...options, epochs: 1 }, { score: tagF1 });
    const before = await hashOf(options.out);
    const score = (): number => {
      writeFileSync(path.join(options.out, 'notes.txt'), 'precious');
      return 0.5;
    };
    await expect(fineTune({ ...options, epochs: 1 }, { score })).rejects.toThrow(/contains notes\.txt/u);
    expect(await hashOf(options.out)).toBe(before);
    await rm(path.join(options.out, 'notes.txt'));
    await fineTune({ ...options, epochs: 1, resume: true }, { score: tagF1 });
  });

  test('tells a second training of the same model who trains it, and leaves nothing when done', async () => {
    await mkdir(path.dirname(options.out), { recursive: true });
    const unlock = await lockTraining(options.out);
    const second: unknown = await fineTune(options, { score: tagF1 }).catch((error: unknown) => error);
    await unlock();
    expect(second).toMatchObject({
      message: expect.stringMatching(/^Another training is writing this model \(process \d+ on /u),
    });
    await fineTune({ ...options, epochs: 1 }, { score: tagF1 });
    expect(await readdir(path.dirname(options.out))).toEqual([path.basename(options.out)]);
  }, 20_000);

  test('says so when the learning rate drives the loss to infinity', async () => {
    expect(await failure({ learningRate: 1e30 })).toMatchObject({ message: /no number any more/u });
  });
});
