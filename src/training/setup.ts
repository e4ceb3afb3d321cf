import { UserError } from '../foundation/userError.ts';
import { readModelConfig } from '../model/folder.ts';
import type { ModelConfig } from '../model/folder.ts';
import { loadTokenizer } from '../model/tokenizer/tokenizer.ts';
import type { Tokenizer } from '../model/tokenizer/tokenizer.ts';
import { countBatches } from './batches.ts';
import { readTrainingChoices, trainingDefaults } from '../project/trainingOptions.ts';
import { defaultEpochs } from './defaults.ts';
import { checkDev } from './devCheck.ts';
import { splitDev } from './devSplit.ts';
import { labelWeights } from './labelWeights.ts';
import type { TrainOptions } from './options.ts';
import { taskData } from './taskData.ts';

export type Setup = Awaited<ReturnType<typeof prepare>>;

/** Reads the base and the data, and settles all numbers of the run. Throws `UserError`. */
export async function prepare(options: TrainOptions) {
  readTrainingChoices(options);
  const config = await readModelConfig(options.base);
  const tokenizer = await loadTokenizer(options.base);
  checkBase(options.base, config, tokenizer);
  checkFreeze(options.freeze, config);
  const seed = options.seed ?? trainingDefaults.seed;
  const seeds = { split: seed, weights: seed + 1, order: seed + 2, dropout: seed + 3 };
  const all = taskData(options.train);
  const labels = all.labels();
  const parts =
    options.dev === undefined
      ? splitDev(all, seeds.split)
      : { train: all, dev: checkDev(taskData(options.dev), all) };
  const maxLength = Math.min(options.maxLength ?? trainingDefaults.maxLength, config.maxPositions);
  const encoding = { tokenizer, labels, capacity: maxLength - 2 };
  const encodedTrain = parts.train.encode(encoding);
  const batchSize = options.batchSize ?? trainingDefaults.batchSize;
  const accumulate = options.accumulate ?? trainingDefaults.accumulate;
  const stepsPerEpoch = countBatches(encodedTrain.sequences.length, batchSize * accumulate);
  const epochs = options.epochs ?? defaultEpochs(stepsPerEpoch);
  const learningRate = options.learningRate ?? trainingDefaults.learningRate[options.task];
  return {
    config,
    head: { kind: all.head, labels: labels.length },
    parts,
    encoding,
    encodedTrain,
    labelWeights: labelWeights(labels, options.labelWeights ?? {}),
    seed,
    seeds,
    plan: { epochs, steps: epochs * stepsPerEpoch, batchSize, accumulate, learningRate, maxLength },
  };
}

function checkBase(folder: string, config: ModelConfig, tokenizer: Tokenizer): void {
  const fail = (message: string): UserError =>
    new UserError(message, { place: { file: folder }, nextStep: 'Choose another BERT or RoBERTa model.' });
  if (config.hiddenAct !== 'gelu') {
    throw fail(`The encoder's activation function is ${config.hiddenAct}; only gelu can be trained.`);
  }
  if (config.hiddenSize % 4 !== 0) throw fail(`hidden_size ${config.hiddenSize} is no multiple of 4.`);
  if (tokenizer.vocabSize > config.vocabSize) {
    throw fail(`The tokenizer has ${tokenizer.vocabSize} tokens, the encoder knows ${config.vocabSize}.`);
  }
}

function checkFreeze(freeze: number | undefined, { layers }: ModelConfig): void {
  if (freeze === undefined || freeze <= layers) return;
  throw new UserError(`The encoder has ${layers} layers, so ${freeze} cannot be frozen.`, {
    nextStep: 'Freeze fewer layers, or none.',
  });
}
