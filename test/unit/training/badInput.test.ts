import { mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { writeSafetensors } from '../../../src/model/weights/safetensors.ts';
import type { TrainOptions } from '../../../src/training/trainOptions.ts';
import { fineTune } from '../../../src/training/fineTune.ts';
import { named, pickle, text } from '../model/pickle.ts';
import { storedZip } from '../model/storedZip.ts';
import { randomTensors, tinyConfig, writeTinyBase } from './tinyBase.ts';
import { example, tagF1, tinyRows, tinySentences } from './tinyData.ts';
import { tinyRun } from './tinyRun.ts';

let folder: string;
let options: TrainOptions;

beforeEach(async () => {
  ({ folder, options } = await tinyRun({ epochs: 2 }));
});
afterEach(() => rm(folder, { recursive: true }));

/** The refusal of a run, which must have left a model that was there before as it was, and nothing else. */
async function refusal(changes: Partial<TrainOptions> = {}): Promise<string> {
  const description = JSON.stringify({ task: 'ner', labels: ['O'], maxLength: 8 });
  const previous = {
    'chartmark.json': description,
    'config.json': '{"the":"old one"}',
    'model.safetensors': 'old weights',
  };
  await mkdir(options.out, { recursive: true });
  for (const [name, content] of Object.entries(previous)) {
    await writeFile(path.join(options.out, name), content);
  }
  const error: unknown = await fineTune({ ...options, ...changes }, { score: tagF1 }).then(
    () => new Error('the run ended well'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error;
  expect(error.nextStep).toMatch(/\.$/);
  expect((await readdir(options.out)).sort()).toEqual(Object.keys(previous));
  for (const [name, content] of Object.entries(previous)) {
    expect(await readFile(path.join(options.out, name), 'utf8')).toBe(content);
  }
  expect(await readdir(path.dirname(options.out))).toEqual([path.basename(options.out)]);
  return error.describe();
}

const card = (): Promise<string> => readFile(path.join(options.out, 'README.md'), 'utf8');

describe('a config.json that the weights do not agree with', () => {
  test.each([
    ['hidden_size', 2 ** 40, 'word_embeddings'],
    ['vocab_size', 2 ** 50, 'word_embeddings'],
    ['max_position_embeddings', 2 ** 50, 'position_embeddings'],
    ['type_vocab_size', 2 ** 50, 'token_type_embeddings'],
    ['intermediate_size', 2 ** 50, 'intermediate.dense.weight'],
    ['num_hidden_layers', 150, 'no tensor "encoder.layer.149.'],
  ])('is refused before anything of its size is built: %s', async (key, value, message) => {
    await rm(options.base, { recursive: true });
    await writeTinyBase(options.base, { config: { [key]: value } });
    expect(await refusal()).toContain(message);
  });

  test('has two types of segments if it does not say how many', async () => {
    await rm(options.base, { recursive: true });
    await writeTinyBase(options.base, { config: { type_vocab_size: undefined } });
    await fineTune({ ...options, epochs: 1 }, { score: tagF1 });
    expect(await readdir(options.out)).toContain('model.safetensors');
  });
});

describe('a link of the base to a file outside it', () => {
  test.skipIf(process.platform === 'win32').each(['LICENSE', 'added_tokens.json', 'config.json'])(
    'is refused before training, and no file is copied: %s',
    async (name) => {
      const elsewhere = path.join(folder, 'elsewhere');
      const linked = path.join(options.base, name);
      const content = await readFile(linked, 'utf8').catch(() => '{}');
      await writeFile(elsewhere, content);
      await rm(linked, { force: true });
      await symlink(elsewhere, linked);
      expect(await refusal()).toContain('a link to a file outside the model folder');
    },
  );
});

describe('labels that do not fit', () => {
  const [first = example('a'), second = example('b'), ...others] = tinySentences(30, 2);

  test('dev data whose labels were all never seen are refused', async () => {
    const dev = { task: 'ner', examples: [example('d', 'had', 'gout/B-Gene')] } as const;
    expect(await refusal({ dev })).toContain(
      'The dev data has the labels Gene, but the training data has Chemical, Dis',
    );
  });

  test('a label of the dev data that was never seen is told in the result and on the card', async () => {
    const rare = example('d', 'had', 'gout/B-Gene');
    const dev = { task: 'ner', examples: [rare, first, second] } as const;
    const { unseen } = await fineTune({ ...options, dev }, { score: tagF1 });
    expect(unseen).toEqual(['Gene']);
    expect(await card()).toContain(
      'Nothing in the training part is labelled Gene. In the dev part, these labels count',
    );
  });

  test.each<[string, Partial<TrainOptions>]>([
    ['of mentions', { dev: { task: 'ner', examples: [example('d', 'had', 'no', 'fever')] } }],
    [
      'of relations',
      {
        task: 're',
        train: { task: 're', rows: tinyRows(20, 1) },
        dev: { task: 're', rows: [{ text: 'had gout .', label: '0' }] },
      },
    ],
  ])('dev data without any are refused: %s', async (_, changes) => {
    expect(await refusal(changes)).toContain('Nothing in the dev data is labelled');
  });

  test('a single mention cannot be in both parts', async () => {
    const bare = others.map(({ documentId, words }) => example(documentId, ...words));
    expect(await refusal({ train: { task: 'ner', examples: [first, ...bare] } })).toContain(
      'too few labelled sentences',
    );
  });

  test('two mentions in two notes among many always are', async () => {
    const bare = others.map(({ words }, i) => example(`bare ${i}`, ...words));
    const apart = [
      { ...first, documentId: 'one' },
      { ...second, documentId: 'two' },
    ];
    await fineTune({ ...options, train: { task: 'ner', examples: [...apart, ...bare] } }, { score: tagF1 });
    const info = JSON.parse(await readFile(path.join(options.out, 'chartmark.json'), 'utf8')) as {
      data: readonly { labels: object }[];
    };
    for (const { labels } of info.data) expect(Object.keys(labels)).not.toEqual([]);
  });

  test('a training that diverges is stopped with a next step', async () => {
    expect(await refusal({ learningRate: 1e30 })).toMatch(/diverged: .* Try a smaller learning rate/u);
  });

  test('a weight for a label that was never seen is refused', async () => {
    expect(await refusal({ labelWeights: { Gene: 2 } })).toContain('"Gene" is not a label');
  });

  test('those of a base that is a classifier itself give way, with its head', async () => {
    await writeTinyBase(options.base, {
      config: {
        architectures: ['BertForTokenClassification'],
        id2label: { 0: 'X', 1: 'Y' },
        label2id: { X: 0, Y: 1 },
        num_labels: 2,
        problem_type: 'multi_label_classification',
      },
    });
    const head = { shape: [2, tinyConfig.hiddenSize], data: new Float32Array(2 * tinyConfig.hiddenSize) };
    const bias = { shape: [2], data: new Float32Array(2) };
    const tensors = new Map([
      ...randomTensors(tinyConfig),
      ['classifier.weight', head] as const,
      ['classifier.bias', bias] as const,
    ]);
    await writeSafetensors(path.join(options.base, 'model.safetensors'), tensors, { dtype: 'F32' });
    await fineTune(options, { score: tagF1 });
    const config = JSON.parse(await readFile(path.join(options.out, 'config.json'), 'utf8')) as object;
    expect(config).toMatchObject({ id2label: { 0: 'O', 4: 'I-Disease' }, label2id: { O: 0 } });
    expect(config).not.toHaveProperty('num_labels');
    expect(config).not.toHaveProperty('problem_type');
  });
});

describe('a base that is damaged or malicious', () => {
  async function withWeights(name: string, content: Uint8Array | string): Promise<void> {
    await rm(path.join(options.base, 'model.safetensors'), { force: true });
    await writeFile(path.join(options.base, name), content);
  }

  test('a pickle that wants to run something is refused by the name of that, and runs nothing', async () => {
    const proof = path.join(folder, 'owned');
    const call = pickle(named('os', 'system'), '(', text(`touch ${proof}`), 't', 'R');
    await withWeights('pytorch_model.bin', storedZip([['archive/data.pkl', call]]));
    expect(await refusal()).toContain('names the Python object "os.system"');
    expect(await readdir(folder)).not.toContain('owned');
  });

  test('an index that leads out of the folder is refused', async () => {
    const map = { weight_map: { 'embeddings.word_embeddings.weight': '../../secret.safetensors' } };
    await withWeights('model.safetensors.index.json', JSON.stringify(map));
    expect(await refusal()).toContain('"../../secret.safetensors", outside this folder');
  });

  test('weights that are cut off are refused', async () => {
    const whole = await readFile(path.join(options.base, 'model.safetensors'));
    await withWeights('model.safetensors', whole.subarray(0, whole.length - 100));
    expect(await refusal()).toContain('It is cut off');
  });

  test('weights that are no numbers are refused', async () => {
    const tensors = randomTensors(tinyConfig);
    tensors.get('encoder.layer.1.output.dense.bias')?.data.fill(Number.NaN, 3, 4);
    await writeSafetensors(path.join(options.base, 'model.safetensors'), tensors, { dtype: 'F32' });
    expect(await refusal()).toMatch(
      /model\.safetensors: .*encoder\.layer\.1\.output\.dense\.bias has values that are not finite/u,
    );
  });

  test('no weights at all are refused', async () => {
    await rm(path.join(options.base, 'model.safetensors'));
    expect(await refusal()).toContain('neither model.safetensors nor pytorch_model.bin');
  });
});
