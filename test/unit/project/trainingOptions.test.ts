import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { registerTrain } from '../../../src/cli/commands/train.ts';
import type { CliContext } from '../../../src/cli/context.ts';
import { UserError } from '../../../src/foundation/userError.ts';
import type { TrainJob } from '../../../src/process/protocol.ts';
import {
  readTrainingChoices,
  trainingDefaults,
  trainingOptions,
  trainingSettingsSchema,
} from '../../../src/project/trainingOptions.ts';

const everything = {
  epochs: 3,
  batchSize: 8,
  accumulate: 2,
  learningRate: 0.001,
  freeze: 0,
  seed: 5,
  maxLength: 64,
  relationInput: 'marker',
  relationWindow: 2,
  labelWeights: { Disease: 2, O: 0.5 },
  patience: 4,
  resume: true,
  saveEvery: 9,
  quantize: true,
} as const;

/** The job that a command line starts. */
async function jobOf(args: string): Promise<TrainJob | undefined> {
  let started: TrainJob | undefined;
  const stop = new Error('started');
  const worker = {
    train(job: TrainJob) {
      started = job;
      return Promise.reject(stop);
    },
  };
  const context = { resources: '/r', worker, signal: new AbortController().signal, note() {}, print() {} };
  const program = new Command().exitOverride().configureOutput({ writeErr() {} });
  registerTrain(program, context as unknown as CliContext);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(`train --train a --out b ${args}`.trim().split(' '), { from: 'user' });
  } catch (error) {
    if (error !== stop) throw error;
  }
  return started;
}

describe('the options of a training', () => {
  it('are all in one table, and pass its checks', () => {
    expect(Object.keys(everything)).toEqual(Object.keys(trainingOptions));
    expect(readTrainingChoices({ ...everything, out: 'models/a' })).toEqual(everything);
    expect(readTrainingChoices({})).toEqual({});
  });

  it.each([
    { epochs: 0 },
    { batchSize: 1.5 },
    { learningRate: 0 },
    { learningRate: Number.NaN },
    { freeze: -1 },
    { seed: '5' },
    { maxLength: 7 },
    { relationInput: 'bold' },
    { labelWeights: { Disease: -1 } },
    { quantize: 'yes' },
  ])('are refused with their name: %j', (wrong) => {
    expect(() => readTrainingChoices(wrong)).toThrow(UserError);
    expect(() => readTrainingChoices(wrong)).toThrow(Object.keys(wrong)[0]);
  });

  it('come from the command line', async () => {
    const args =
      '--epochs 3 --batch 8 --accumulate 2 --lr 0.001 --freeze 0 --seed 5 --max-length 64 --relation-input marker ' +
      '--relation-window 2 --label-weight Disease=2 O=0.5 --patience 4 --resume --save-every 9 --quantize';
    const places = {
      task: 'ner',
      base: '/r/models/all-MiniLM-L6-v2',
      train: ['a'],
      out: 'b',
      projectFolder: '.',
    };
    expect(await jobOf(args)).toEqual({ ...places, ...everything });
    expect(await jobOf('')).toEqual(places);
  });

  it.each([
    '--epochs 0',
    '--lr 0',
    '--max-length 7',
    '--seed x',
    '--relation-input bold',
    '--label-weight A=0',
  ])('are refused on the command line: %s', async (args) => {
    await expect(jobOf(args)).rejects.toMatchObject({ code: 'commander.invalidArgument' });
  });

  it('are recorded under the names that states of older versions have', () => {
    const names = Object.values(trainingOptions).flatMap((option) =>
      'recordedAs' in option ? [option.recordedAs] : [],
    );
    expect(names.toSorted()).toEqual([
      'batch size',
      'batches of an update',
      'epochs',
      'frozen layers',
      'label weights',
      'learning rate',
      'longest sequence',
      'patience',
      'seed',
      'steps between savings',
    ]);
  });

  it('have defaults within their bounds', () => {
    const { learningRate, ...others } = trainingDefaults;
    for (const rate of Object.values(learningRate)) readTrainingChoices({ ...others, learningRate: rate });
  });

  it('have the same bounds in the settings of the editor and in chartmark.json', () => {
    const { properties } = manifest.contributes.configuration;
    for (const name of ['epochs', 'batchSize'] as const) {
      const { minimum, maximum } = properties[`chartmark.training.${name}`];
      const isRight = (value: number): boolean => trainingSettingsSchema.safeParse({ [name]: value }).success;
      expect([minimum - 1, minimum, maximum, maximum + 1].map(isRight)).toEqual([false, true, true, false]);
    }
  });
});
