import { counted } from '../foundation/numbers.ts';
import { UserError } from '../foundation/userError.ts';
import { brokenModel, shortened } from '../model/brokenModel.ts';
import { type ModelConfig, readModelConfig } from '../model/folder.ts';
import { loadTokenizer } from '../model/tokenizer/tokenizer.ts';
import type { Tokenizer } from '../model/tokenizer/types.ts';
import { readTrainingChoices, trainingDefaults } from '../project/trainingOptions.ts';
import { splitDev } from './devSplit.ts';
import { checkCopied } from './exportTokenizer.ts';
import { hasLabels, labelCounts, labelWeights } from './labelCounts.ts';
import type { TrainOptions } from './trainOptions.ts';
import type { TaskData } from './task.ts';
import { taskData } from './taskData.ts';

export type Setup = Awaited<ReturnType<typeof prepare>>;

/** Reads the base and the data, and determines all settings of the run. Throws `UserError`. */
export async function prepare(options: TrainOptions) {
  readTrainingChoices(options);
  const config = await readModelConfig(options.base);
  const tokenizer = await loadTokenizer(options.base);
  checkBase(options.base, config, tokenizer);
  // Known now, not after hours of training.
  await checkCopied(options.base);
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
  const stepsPerEpoch = Math.ceil(encodedTrain.sequences.length / (batchSize * accumulate));
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
    brokenModel(folder, message, 'Choose another BERT or RoBERTa model.');
  if (config.hiddenAct !== 'gelu') {
    throw fail(
      `The encoder's activation function is ${shortened(config.hiddenAct)}; only encoders with gelu can be trained.`,
    );
  }
  if (config.hiddenSize % 4 !== 0) throw fail(`hidden_size ${config.hiddenSize} is not a multiple of 4.`);
  if (tokenizer.vocabSize > config.vocabSize) {
    throw fail(
      `The tokenizer has ${tokenizer.vocabSize} tokens, but the encoder knows only ${config.vocabSize}.`,
    );
  }
}

function checkFreeze(freeze: number | undefined, { layers }: ModelConfig): void {
  if (freeze === undefined || freeze <= layers) return;
  throw new UserError(`The encoder has ${counted(layers, 'layer')}, so ${freeze} cannot be frozen.`, {
    nextStep: 'Freeze fewer layers, or none.',
  });
}

/** Returns the dev data. Throws `UserError` if the best epoch cannot be chosen by it. */
function checkDev(dev: TaskData, train: TaskData): TaskData {
  if (dev.head !== train.head) throw new RangeError('training and dev data are of different tasks');
  if (dev.groups.length === 0) throw unusable('The dev data contains no labelled sentences.');
  if (!hasLabels(dev))
    throw unusable('Nothing in the dev data is labelled, so all epochs would have the same score.');
  const [labels, known] = [Object.keys(labelCounts(dev)), labelCounts(train)];
  if (labels.every((label) => !Object.hasOwn(known, label))) {
    throw unusable(
      `The dev data has the labels ${labels.join(', ')}, but the training data has ${Object.keys(known).join(', ')}.`,
    );
  }
  return dev;
}

function unusable(message: string): UserError {
  return new UserError(message, {
    nextStep: 'Choose another file, or leave it out to use a part of the training data.',
  });
}

/** These cannot be changed. `clipping` is the largest norm of all gradients together. */
export const fixedHyperparameters = { weightDecay: 0.01, clipping: 1 } as const;

/**
 * The wanted number of updates: with 800 sentences, scores improve for a dozen epochs, with 5,000 for three or four.
 */
const wantedSteps = 1200;
const fewestEpochs = 4;
const mostEpochs = 12;

function defaultEpochs(stepsPerEpoch: number): number {
  return Math.min(mostEpochs, Math.max(fewestEpochs, Math.ceil(wantedSteps / stepsPerEpoch)));
}
