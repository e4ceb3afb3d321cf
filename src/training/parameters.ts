import * as z from 'zod/mini';
import type { ValueOf } from '../foundation/checkValue.ts';
import { elementCount } from '../model/floats.ts';
import type { ModelConfig } from '../model/folder.ts';

/** The head on the encoder, which gives a label for each token or one for the whole sequence. */
export const headSchema = z.object({ kind: z.enum(['tokens', 'sequence']), labels: z.int() });
export type Head = ValueOf<typeof headSchema>;

/** Where the initial values of a weight come from. Random biases are zero. */
type Origin = 'checkpoint' | 'checkpoint or random' | 'random';

/** A weight of the graph. It may combine several tensors of a checkpoint, stacked along the first axis. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** Hugging Face's names of the tensors, without the family's prefix; each is an equal share. */
  readonly parts: readonly string[];
  /** Whether weight decay applies: to all but biases and layer normalisation. */
  readonly decays: boolean;
  readonly origin: Origin;
  /** Whether it keeps the values of the base. */
  readonly frozen: boolean;
  /** The offset in the flat memory, in floats; a multiple of `alignment`. */
  readonly offset: number;
  readonly size: number;
}

/** All weights except the embeddings, in one flat memory. */
export interface Layout {
  readonly parameters: readonly Parameter[];
  /** Whether the embeddings keep the values of the base. */
  readonly frozenEmbeddings: boolean;
  /** In floats, including the gaps between parameters. */
  readonly size: number;
}

/** The two layers of a sequence head, as Hugging Face names them. */
export const sequenceHead = {
  bert: { features: 'pooler.dense', logits: 'classifier' },
  roberta: { features: 'classifier.dense', logits: 'classifier.out_proj' },
} as const;

/** In floats: 64 bytes, a cache line. */
const alignment = 16;

type Draft = Omit<Parameter, 'frozen' | 'offset' | 'size'>;

/**
 * The weights of a BERT or RoBERTa encoder with a head, in the order in which they are used. `freeze` is the number of
 * lowest layers that are frozen together with the embeddings; nothing is frozen if it is left out.
 */
export function layoutParameters(config: ModelConfig, head: Head, freeze?: number): Layout {
  const { hiddenSize, intermediateSize, layers } = config;
  const lowest = norm('embeddings.LayerNorm', hiddenSize);
  const stack = Array.from({ length: layers }, (_, layer) =>
    layerDrafts(layer, hiddenSize, intermediateSize),
  );
  const frozenEmbeddings = freeze !== undefined;
  const frozen = frozenEmbeddings ? [...lowest, ...stack.slice(0, freeze).flat()].length : 0;
  const parameters: Parameter[] = [];
  let offset = 0;
  for (const draft of [...lowest, ...stack.flat(), ...headDrafts(config, head)]) {
    const size = elementCount(draft.shape);
    parameters.push({ ...draft, frozen: parameters.length < frozen, offset, size });
    offset += Math.ceil(size / alignment) * alignment;
  }
  return { parameters, frozenEmbeddings, size: offset };
}

/** The first layer of BERT's sequence head is the pooler, which a checkpoint may have; RoBERTa's is new. */
function headDrafts({ family, hiddenSize }: ModelConfig, { kind, labels }: Head): Draft[] {
  if (kind === 'tokens') return dense('classifier', labels, hiddenSize, 'random');
  const names = sequenceHead[family];
  const origin = family === 'bert' ? 'checkpoint or random' : 'random';
  return [
    ...dense(names.features, hiddenSize, hiddenSize, origin),
    ...dense(names.logits, labels, hiddenSize, 'random'),
  ];
}

function layerDrafts(layer: number, hidden: number, intermediate: number): Draft[] {
  const prefix = `encoder.layer.${layer}`;
  const self = `${prefix}.attention.self`;
  const stacked = (kind: string): string[] =>
    ['query', 'key', 'value'].map((part) => `${self}.${part}.${kind}`);
  return [
    {
      name: `${self}.weight`,
      shape: [3 * hidden, hidden],
      parts: stacked('weight'),
      decays: true,
      origin: 'checkpoint',
    },
    {
      name: `${self}.bias`,
      shape: [3 * hidden],
      parts: stacked('bias'),
      decays: false,
      origin: 'checkpoint',
    },
    ...dense(`${prefix}.attention.output.dense`, hidden, hidden),
    ...norm(`${prefix}.attention.output.LayerNorm`, hidden),
    ...dense(`${prefix}.intermediate.dense`, intermediate, hidden),
    ...dense(`${prefix}.output.dense`, hidden, intermediate),
    ...norm(`${prefix}.output.LayerNorm`, hidden),
  ];
}

function dense(name: string, out: number, into: number, origin: Origin = 'checkpoint'): Draft[] {
  return [
    { name: `${name}.weight`, shape: [out, into], parts: [`${name}.weight`], decays: true, origin },
    { name: `${name}.bias`, shape: [out], parts: [`${name}.bias`], decays: false, origin },
  ];
}

function norm(name: string, width: number): Draft[] {
  return ['weight', 'bias'].map((kind) => ({
    name: `${name}.${kind}`,
    shape: [width],
    parts: [`${name}.${kind}`],
    decays: false,
    origin: 'checkpoint',
  }));
}
