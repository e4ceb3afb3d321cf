import { gaussian, type Random } from '../foundation/random.ts';
import { UserError } from '../foundation/userError.ts';
import type { ModelConfig, ModelFamily } from '../model/folder.ts';
import { shortened } from '../model/brokenModel.ts';
import { readWeights, type Weights } from '../model/readWeights.ts';
import type { WeightTensor } from '../model/weights/tensor.ts';
import type { EmbeddingTables } from './inferenceGraph.ts';
import type { Layout, Parameter } from './parameters.ts';

/** Standard deviation of random weights: BERT's `initializer_range`. */
const drawnDeviation = 0.02;

/** Hugging Face's names of the embedding tables, without the family's prefix. */
export const embeddingNames = {
  word: 'embeddings.word_embeddings.weight',
  position: 'embeddings.position_embeddings.weight',
  tokenType: 'embeddings.token_type_embeddings.weight',
} as const satisfies Record<keyof EmbeddingTables, string>;

interface Source {
  readonly weights: Weights;
  readonly family: ModelFamily;
}

interface Targets {
  readonly layout: Layout;
  readonly values: Float32Array;
  readonly tables: EmbeddingTables;
}

/**
 * Compares the weights of a base folder with config.json before anything of that size is built: a config.json may state any
 * size. Throws `UserError` as `loadCheckpoint`.
 */
export async function checkCheckpoint(folder: string, config: ModelConfig): Promise<void> {
  const source: Source = { weights: await readWeights(folder), family: config.family };
  const { hiddenSize, intermediateSize, layers } = config;
  for (const [name, rows] of tableRows(config))
    checkedTensor(source, embeddingNames[name], [rows, hiddenSize]);
  const last = `encoder.layer.${layers - 1}.intermediate.dense.weight`;
  checkedTensor(source, last, [intermediateSize, hiddenSize]);
}

function tableRows(config: ModelConfig): readonly (readonly [keyof EmbeddingTables, number])[] {
  return [
    ['word', config.vocabSize],
    ['position', config.firstPosition + config.maxPositions],
    ['tokenType', config.typeVocabSize],
  ];
}

/**
 * Loads the weights of a base folder into a model, and draws those that the base does not have. Throws `UserError` with
 * the file if a weight is missing or its shape differs from config.json.
 */
export async function loadCheckpoint(
  folder: string,
  config: ModelConfig,
  { layout, values, tables }: Targets,
  random: Random,
): Promise<void> {
  const source: Source = { weights: await readWeights(folder), family: config.family };
  for (const [name, rows] of tableRows(config)) {
    tables[name].set(readTensor(source, embeddingNames[name], [rows, config.hiddenSize]));
  }
  for (const parameter of layout.parameters) {
    const target = values.subarray(parameter.offset, parameter.offset + parameter.size);
    if (isDrawn(parameter, source)) draw(parameter, target, random);
    else readParameter(source, parameter, target);
  }
}

function isDrawn({ origin, parts }: Parameter, source: Source): boolean {
  if (origin === 'checkpoint') return false;
  return origin === 'random' || parts.some((part) => findName(source, part) === undefined);
}

function draw({ shape }: Parameter, target: Float32Array, random: Random): void {
  const isBias = shape.length === 1;
  for (let i = 0; i < target.length; i++) target[i] = isBias ? 0 : drawnDeviation * gaussian(random);
}

function readParameter(source: Source, { parts, shape }: Parameter, target: Float32Array): void {
  const [rows, ...rest] = shape as readonly [number, ...number[]];
  const partShape = [rows / parts.length, ...rest];
  for (const [index, part] of parts.entries()) {
    target.set(readTensor(source, part, partShape), (index * target.length) / parts.length);
  }
}

function readTensor(source: Source, name: string, shape: readonly number[]): Float32Array {
  return finite(checkedTensor(source, name, shape).toFloat32(), name, source.weights.file);
}

/** A weight whose shape is the expected one; its values have not been read. */
function checkedTensor(source: Source, name: string, shape: readonly number[]): WeightTensor {
  const { weights } = source;
  const tensor = weights.tensor(findName(source, name) ?? name);
  if (tensor.shape.join() === shape.join()) return tensor;
  const found = shortened(tensor.shape.join(', '));
  throw new UserError(
    `The weight ${name} has the shape [${found}], but config.json says [${shape.join(', ')}].`,
    {
      place: { file: weights.file },
      nextStep: 'Get config.json and the weights from the same source.',
    },
  );
}

function finite(values: Float32Array, name: string, file: string): Float32Array {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  if (Number.isFinite(sum)) return values;
  throw new UserError(`The weight ${name} has values that are not finite numbers.`, {
    place: { file },
    nextStep: 'Copy or download the model folder again, or choose another encoder.',
  });
}

/**
 * The name of a weight in the file: with or without the family's prefix, and for LayerNorm the current or the old name.
 */
function findName({ weights, family }: Source, name: string): string | undefined {
  const old = name.replace('LayerNorm.weight', 'LayerNorm.gamma').replace('LayerNorm.bias', 'LayerNorm.beta');
  return [name, `${family}.${name}`, old, `${family}.${old}`].find((candidate) => weights.has(candidate));
}
