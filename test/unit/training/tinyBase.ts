import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gaussian, seededRandom } from '../../../src/foundation/random.ts';
import type { ModelConfig } from '../../../src/model/folder.ts';
import { writeSafetensors } from '../../../src/model/weights/safetensors.ts';
import { embeddingNames } from '../../../src/training/checkpoint.ts';
import { layoutParameters } from '../../../src/training/parameters.ts';

const tinyWords = ['fever', 'asthma', 'gout', 'aspirin', 'statin', 'no', 'with', 'and', 'had', 'a', '.'];

export const tinyConfig: ModelConfig = {
  family: 'bert',
  architecture: 'BertModel',
  hiddenSize: 32,
  layers: 2,
  heads: 2,
  intermediateSize: 64,
  vocabSize: 4 + tinyWords.length,
  maxPositions: 24,
  firstPosition: 0,
  typeVocabSize: 2,
  layerNormEps: 1e-12,
  hiddenAct: 'gelu',
  hiddenDropout: 0.1,
  attentionDropout: 0.1,
};

/** Writes a random BERT base folder that knows a dozen words. `dropped` names a tensor to leave out. */
export async function writeTinyBase(
  folder: string,
  options: { readonly dropped?: string; readonly config?: object } = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = (name: string): string => path.join(folder, name);
  await writeFile(file('vocab.txt'), `${['[PAD]', '[UNK]', '[CLS]', '[SEP]', ...tinyWords].join('\n')}\n`);
  await writeFile(
    file('config.json'),
    JSON.stringify({
      model_type: 'bert',
      architectures: ['BertModel'],
      hidden_size: tinyConfig.hiddenSize,
      num_hidden_layers: tinyConfig.layers,
      num_attention_heads: tinyConfig.heads,
      intermediate_size: tinyConfig.intermediateSize,
      vocab_size: tinyConfig.vocabSize,
      max_position_embeddings: tinyConfig.maxPositions,
      type_vocab_size: tinyConfig.typeVocabSize,
      hidden_act: 'gelu',
      ...options.config,
    }),
  );
  await writeSafetensors(file('model.safetensors'), randomTensors(tinyConfig, options.dropped), {
    dtype: 'F32',
  });
}

/** Random weights of an encoder, by name; `dropped` names one to leave out. */
export function randomTensors(config: ModelConfig, dropped?: string) {
  const random = seededRandom(11);
  const { hiddenSize, vocabSize, maxPositions, firstPosition, typeVocabSize } = config;
  const shapes = new Map<string, readonly number[]>([
    [embeddingNames.word, [vocabSize, hiddenSize]],
    [embeddingNames.position, [firstPosition + maxPositions, hiddenSize]],
    [embeddingNames.tokenType, [typeVocabSize, hiddenSize]],
  ]);
  for (const { parts, shape, origin } of layoutParameters(config, { kind: 'tokens', labels: 2 }).parameters) {
    const [rows = 1, ...rest] = shape;
    if (origin === 'checkpoint') for (const part of parts) shapes.set(part, [rows / parts.length, ...rest]);
  }
  if (dropped !== undefined) shapes.delete(dropped);
  return new Map(
    [...shapes].map(([name, shape]) => {
      const length = shape.reduce((product, side) => product * side, 1);
      const middle = name.endsWith('LayerNorm.weight') ? 1 : 0;
      const deviation = shape.length === 1 ? 0 : 0.1;
      return [
        name,
        { shape, data: Float32Array.from({ length }, () => middle + deviation * gaussian(random)) },
      ];
    }),
  );
}
