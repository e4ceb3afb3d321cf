import { capitalised } from '../foundation/capitalised.ts';
import * as z from 'zod/mini';
import type { ValueOf } from '../foundation/checkValue.ts';
import { readValue } from '../foundation/readJson.ts';
import { dictionary, numeric, optional, positive, whole } from '../foundation/fields.ts';
import { relationInput } from './relationSettings.ts';

export interface TrainingOption {
  readonly field: z.ZodMiniType;
  readonly flag: string;
  /** For the help and, with a capital letter, for the JSON Schema. */
  readonly description: string;
  /** The default, in words. */
  readonly usually?: string;
  /** Its narrower bounds in the section "training" of chartmark.json, if it can be set there. */
  readonly setting?: z.ZodMiniType;
  /** Its name in the state of an unfinished training, which can only be resumed with the same value. */
  readonly recordedAs?: string;
}

export const trainingDefaults = {
  batchSize: 16,
  accumulate: 1,
  /**
   * By task, chosen with the shipped encoder on parts of the training data of NCBI-disease and GAD. Entities:
   * 1e-4 to 3e-4 are equally good, 4e-4 is worse on few sentences. Relations: 5e-5 and 1e-4 are equally good;
   * at 2e-4 the sequence head collapses to one label.
   */
  learningRate: { ner: 2e-4, re: 5e-5 },
  seed: 1,
  maxLength: 128,
} as const;

const { batchSize, learningRate, seed, maxLength } = trainingDefaults;

/**
 * The training options. The flags of `chartmark train`, the section "training" of chartmark.json, the job of the child
 * process, and the options of the trainer and their checks come from this table.
 */
export const trainingOptions = {
  epochs: {
    field: whole(1),
    flag: '--epochs <n>',
    description: 'passes over the training data',
    usually: '4 to 12; fewer with more data',
    setting: whole(1, 1000),
    recordedAs: 'epochs',
  },
  batchSize: {
    field: whole(1),
    flag: '--batch <n>',
    description: 'sentences in a batch',
    usually: String(batchSize),
    setting: whole(1, 1024),
    recordedAs: 'batch size',
  },
  /** The gradients of the batches are added up. */
  accumulate: {
    field: whole(1),
    flag: '--accumulate <n>',
    description: 'batches per step: like a batch n times larger, but in less memory',
    usually: '1',
    recordedAs: 'batches of an update',
  },
  learningRate: {
    field: positive(),
    flag: '--lr <rate>',
    description: 'peak learning rate',
    usually: `${learningRate.ner} for entities, ${learningRate.re.toFixed(5)} for relations`,
    setting: numeric(0, 1),
    recordedAs: 'learning rate',
  },
  freeze: {
    field: whole(0),
    flag: '--freeze <n>',
    description: 'freeze the embeddings and the lowest n layers',
    usually: 'train all',
    recordedAs: 'frozen layers',
  },
  seed: {
    field: whole(0),
    flag: '--seed <n>',
    description: 'random seed of shuffling, dropout and the new head',
    usually: String(seed),
    setting: whole(0, 4_294_967_295),
    recordedAs: 'seed',
  },
  /** Includes [CLS] and [SEP]. Longer sentences are split into windows. */
  maxLength: {
    field: whole(8),
    flag: '--max-length <n>',
    description: 'maximum sequence length, in word pieces',
    usually: String(maxLength),
    setting: whole(8, 512),
    recordedAs: 'longest sequence',
  },
  relationInput: {
    field: relationInput,
    flag: '--relation-input <form>',
    description: 'relations: mask the two mentions with their types, or mark them',
    usually: 'mask, or as chartmark.json says',
  },
  relationWindow: {
    field: whole(1),
    flag: '--relation-window <n>',
    description: 'relations: the largest number of consecutive sentences that a pair may span',
    usually: '1, or as chartmark.json says',
  },
  /** By entity type, relation label or `O`. */
  labelWeights: {
    field: dictionary(positive()),
    flag: '--label-weight <type=factor...>',
    description: 'how much a type counts',
    usually: '1 each',
    recordedAs: 'label weights',
  },
  patience: {
    field: whole(1),
    flag: '--patience <n>',
    description: 'stop after n epochs without a better dev F1',
    usually: 'never',
    recordedAs: 'patience',
  },
  resume: {
    field: z.boolean(),
    flag: '--resume',
    description: 'continue an interrupted training of the same folder, data and options',
  },
  saveEvery: {
    field: whole(1),
    flag: '--save-every <n>',
    description: 'also save the state every n steps, not only after each epoch',
    recordedAs: 'steps between savings',
  },
  quantize: {
    field: z.boolean(),
    flag: '--quantize',
    description: 'also write a smaller and faster model with 8-bit weights, and score both',
  },
} as const satisfies Readonly<Record<string, TrainingOption>>;

type Options = typeof trainingOptions;
type OptionName = keyof Options;
type SettingName = { [K in OptionName]: Options[K] extends { setting: unknown } ? K : never }[OptionName];

const choicesSchema = z.object(
  fieldsOf(({ field }) => z.exactOptional(field)) as {
    readonly [K in OptionName]: z.ZodMiniExactOptional<Options[K]['field']>;
  },
);

/** The training options that were chosen. */
export type TrainingChoices = ValueOf<typeof choicesSchema>;

/** Reads the training options in `value`. Throws `UserError` for a value that is out of bounds. */
export function readTrainingChoices(value: object): TrainingChoices {
  const nextStep = 'Correct the option, or leave it out.';
  return readValue(choicesSchema, value, { name: 'training options', nextStep });
}

/** The section "training" of chartmark.json. */
export const trainingSettingsSchema = z.strictObject(
  fieldsOf(({ setting, description, usually }) => {
    const sentence = `${capitalised(description)}.`;
    return setting && optional(setting, `${sentence} Default: ${usually}.`);
  }) as { readonly [K in SettingName]: z.ZodMiniExactOptional<Options[K]['setting']> },
);

function fieldsOf(
  field: (option: TrainingOption) => z.ZodMiniType | undefined,
): Readonly<Record<string, z.ZodMiniType>> {
  const entries = Object.entries<TrainingOption>(trainingOptions).flatMap(([name, option]) => {
    const made = field(option);
    return made === undefined ? [] : [[name, made] as const];
  });
  return Object.fromEntries(entries);
}
