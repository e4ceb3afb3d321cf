import type { ModelConfig } from '../../src/model/folder.ts';

/** A training step to time: an encoder and the size of its batches. */
export interface Shape {
  readonly name: string;
  readonly config: ModelConfig;
  readonly sequences: number;
  readonly length: number;
}

const bert = {
  family: 'bert',
  architecture: 'BertModel',
  vocabSize: 30_522,
  maxPositions: 512,
  firstPosition: 0,
  typeVocabSize: 2,
  layerNormEps: 1e-12,
  hiddenAct: 'gelu',
} as const;

const encoders: Readonly<Record<string, Omit<ModelConfig, 'hiddenDropout' | 'attentionDropout'>>> = {
  minilm: { ...bert, hiddenSize: 384, layers: 6, heads: 12, intermediateSize: 1536 },
  'bert-base': { ...bert, hiddenSize: 768, layers: 12, heads: 12, intermediateSize: 3072 },
};

/** Reads `ENCODER-SEQUENCESxLENGTH`, such as `minilm-16x64`; `dropout` is the rate everywhere. */
export function parseShape(name: string, dropout: number): Shape {
  const parts = /^(?<encoder>.+)-(?<sequences>\d+)x(?<length>\d+)$/u.exec(name)?.groups;
  const encoder = encoders[parts?.['encoder'] ?? ''];
  if (encoder === undefined) {
    throw new Error(`${name} is no shape: ${Object.keys(encoders).join(' or ')}, then -16x64 or the like`);
  }
  const config = { ...encoder, hiddenDropout: dropout, attentionDropout: dropout };
  return { name, config, sequences: Number(parts?.['sequences']), length: Number(parts?.['length']) };
}
