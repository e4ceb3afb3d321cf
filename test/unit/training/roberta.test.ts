import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainDocument } from '../../../src/corpus/document.ts';
import { readModelConfig } from '../../../src/model/folder.ts';
import { writeSafetensors } from '../../../src/model/weights/safetensors.ts';
import { loadSequenceClassifier } from '../../../src/model/sequenceClassifier.ts';
import { loadTokenClassifier } from '../../../src/model/tokenClassifier.ts';
import type { TrainOptions } from '../../../src/training/trainOptions.ts';
import { fineTune } from '../../../src/training/fineTune.ts';
import golden from '../../golden/data/model/byteLevel.json' with { type: 'json' };
import { randomTensors } from './tinyBase.ts';
import { tagF1, tinyRows, tinySentences } from './tinyData.ts';
import { tinyRun } from './tinyRun.ts';

let folder: string;
let options: TrainOptions;

/** Writes a random RoBERTa base folder with a tokenizer of 601 tokens. */
async function writeTinyRoberta(base: string): Promise<void> {
  await mkdir(base, { recursive: true });
  await writeFile(path.join(base, 'tokenizer.json'), JSON.stringify(golden.tokenizer));
  const config = {
    model_type: 'roberta',
    architectures: ['RobertaForMaskedLM'],
    hidden_size: 32,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    intermediate_size: 64,
    vocab_size: 601,
    max_position_embeddings: 42,
    pad_token_id: 1,
    type_vocab_size: 1,
    layer_norm_eps: 1e-5,
    hidden_act: 'gelu',
  };
  await writeFile(path.join(base, 'config.json'), JSON.stringify(config));
  const tensors = randomTensors(await readModelConfig(base));
  await writeSafetensors(path.join(base, 'model.safetensors'), tensors, { dtype: 'F32' });
}

async function readJson(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(options.out, name), 'utf8')) as Record<string, unknown>;
}

beforeEach(async () => {
  ({ folder, options } = await tinyRun(
    { train: { task: 'ner', examples: tinySentences(90, 1) }, epochs: 30 },
    writeTinyRoberta,
  ));
});
afterEach(() => rm(folder, { recursive: true }));

describe('training a RoBERTa', () => {
  test('learns entities by heart, and the written model finds them at their exact places', async () => {
    const result = await fineTune(options, { score: tagF1 });
    expect(result.best.devF1).toBe(1);
    const model = await loadTokenClassifier(options.out);
    const [document] = await model.annotate([plainDocument('note', 'had gout and aspirin.')]);
    expect(document?.spans.map(({ start, end, label }) => [start, end, label])).toEqual([
      [4, 8, 'Disease'],
      [13, 20, 'Chemical'],
    ]);
    await model.release();
    expect(await readJson('config.json')).toMatchObject({
      model_type: 'roberta',
      architectures: ['RobertaForTokenClassification'],
      max_position_embeddings: 42,
    });
    // As the words were learnt.
    expect(await readJson('tokenizer_config.json')).toMatchObject({ add_prefix_space: true });
    expect(await readJson('tokenizer.json')).toMatchObject({ pre_tokenizer: { add_prefix_space: true } });
  });

  test('learns relations, and the written model tells them apart', async () => {
    const rows = { task: 're', rows: tinyRows(90, 1) } as const;
    await fineTune({ ...options, task: 're', train: rows }, { score: tagF1 });
    const model = await loadSequenceClassifier(options.out);
    const found = await model.classify([
      { text: 'had gout with a aspirin .' },
      { text: 'had gout with a statin .' },
    ]);
    expect(found.map(({ label }) => label)).toEqual(['1', '0']);
    await model.release();
    expect(await readJson('config.json')).toMatchObject({
      architectures: ['RobertaForSequenceClassification'],
    });
    expect(await readJson('tokenizer.json')).toMatchObject({ pre_tokenizer: { add_prefix_space: false } });
  });

  test('knows that its longest sequence is shorter than its table of positions', async () => {
    expect(await readModelConfig(options.base)).toMatchObject({ maxPositions: 40, firstPosition: 2 });
  });
});
