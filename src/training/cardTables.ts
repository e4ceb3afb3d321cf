import * as z from 'zod/mini';
import { dictionary } from '../foundation/fields.ts';
import { visibleName } from '../foundation/visibleText.ts';
import type { ValueOf } from '../foundation/checkValue.ts';
import { counted, grouped } from '../foundation/numbers.ts';
import type { ChartmarkModelInfo } from '../model/folder.ts';
import { unseenLabels } from './labelCounts.ts';

/** The settings of a training run. */
export const hyperparametersSchema = z.object({
  epochs: z.int(),
  batchSize: z.int(),
  accumulate: z.int(),
  learningRate: z.number(),
  freeze: z.exactOptional(z.int()),
  patience: z.exactOptional(z.int()),
  labelWeights: z.exactOptional(dictionary(z.number())),
  weightDecay: z.number(),
  clipping: z.number(),
  /** Dropout rates, between layers and of attention probabilities. */
  dropout: z.object({ hidden: z.number(), attention: z.number() }),
});
export type Hyperparameters = ValueOf<typeof hyperparametersSchema>;

/** The data section of a model card: parts, labels and files, with hashes that identify them. */
export function dataPart(info: ChartmarkModelInfo): string {
  const units = info.task === 'ner' ? ['sentences', 'mentions'] : ['texts', 'labels other than `0`'];
  const unseen = unseenLabels(info.data);
  const sources = info.data.flatMap(({ role, sources: own = [] }) => own.map((one) => ({ role, ...one })));
  return `## Data

| part | ${units[0]} | ${units[1]} | SHA-256 of the examples |
| --- | ---: | --- | --- |
${info.data
  .map(
    ({ role, examples, labels, sha256 }) =>
      `| ${role} | ${grouped(examples)} | ${cell(named(labels, grouped))} | \`${sha256}\` |`,
  )
  .join('\n')}
${
  unseen.length === 0
    ? ''
    : `\nNothing in the training part is labelled ${unseen.join(', ')}. In the dev part, these labels count as missed.\n`
}${(info.notes ?? []).map((note) => `\n${note}\n`).join('')}${
    sources.length === 0
      ? ''
      : `
| part | read from | files | weight | SHA-256 of the file, or of the list of files |
| --- | --- | ---: | ---: | --- |
${sources
  .map(
    ({ role, name, files, weight = 1, sha256 }) =>
      `| ${role} | ${cell(name)} | ${grouped(files)} | ${weight} | \`${sha256}\` |`,
  )
  .join('\n')}
${sources.some(({ role }) => role === 'dev') ? '' : '\nThe dev part was split off at random: whole documents if they are small enough.\n'}`
  }`;
}

/** The training section of a model card, with all settings that are needed to repeat the training. */
export function settingsPart(
  { maxLength, seed, stopped, versions }: ChartmarkModelInfo,
  settings: Hyperparameters,
  bestEpoch: number,
): string {
  const { epochs, batchSize, accumulate, learningRate, weightDecay, clipping, dropout } = settings;
  const { freeze, patience, labelWeights = {} } = settings;
  const rows: readonly (readonly [string, string | number])[] = [
    [
      'epochs',
      `${stopped === undefined ? epochs : `${epochs} planned, ${stopped.epochs} done`} (the best, ${bestEpoch}, was kept)`,
    ],
    [
      'early stopping',
      patience === undefined ? 'none' : `after ${counted(patience, 'epoch')} without a better dev F1`,
    ],
    ['batch size', accumulate === 1 ? batchSize : `${accumulate} × ${batchSize}, gradients added up`],
    ['learning rate', `${learningRate}, warm-up over a tenth of the steps, then linear to 0`],
    [
      'optimiser',
      `AdamW, weight decay ${weightDecay} (none on biases and layer norms), gradients clipped at norm ${clipping}`,
    ],
    ['dropout', `${dropout.hidden}, of attention ${dropout.attention}`],
    ['weights of labels', Object.keys(labelWeights).length === 0 ? '1 each' : named(labelWeights, String)],
    ['longest sequence', `${maxLength} tokens`],
    ['frozen', frozenParts(freeze)],
    ['seed', seed],
    ...Object.entries(versions),
  ];
  return `## Training

| setting | value |
| --- | --- |
${rows.map(([setting, value]) => `| ${setting} | ${cell(String(value))} |`).join('\n')}
`;
}

function frozenParts(freeze: number | undefined): string {
  if (freeze === undefined) return 'nothing';
  if (freeze === 0) return 'the embeddings';
  return `the embeddings and the lowest ${freeze === 1 ? 'layer' : `${freeze} layers`}`;
}

function named(values: Readonly<Record<string, number>>, shown: (value: number) => string): string {
  const entries = Object.entries(values).map(([name, value]) => `${name} ${shown(value)}`);
  return entries.length === 0 ? 'none' : entries.join(', ');
}

/** Escapes text for a cell of a table: names from files must not become markup. */
export function cell(text: string): string {
  return visibleName(text).replaceAll(/[|<`[\]]/gu, String.raw`\$&`);
}
