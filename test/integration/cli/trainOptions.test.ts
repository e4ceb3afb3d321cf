import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TrainResult } from '../../../src/training/trainOptions.ts';
import { hashOf } from '../../unit/training/tinyRun.ts';
import { chartmark } from './chartmark.ts';
import { tinyWorkspace } from './tinyWorkspace.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await tinyWorkspace(60);
  const right = await readFile(path.join(cwd, 'train.bio'), 'utf8');
  const wrong = right.replaceAll('Disease', 'Other').replaceAll('Chemical', 'Disease');
  await writeFile(path.join(cwd, 'wrong.bio'), wrong);
});
afterAll(() => rm(cwd, { recursive: true }));

/** `train` with more options, and what it says it did. */
async function trained(...more: readonly string[]): Promise<TrainResult> {
  const command = 'train --base base --train train.bio --out models/tiny --lr 3e-3 --json'.split(' ');
  const { code, stdout, stderr } = await chartmark(command.concat(more), { cwd });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as TrainResult;
}

test('--patience ends a run that has nothing more to gain', async () => {
  const { epochs } = await trained('--epochs', '60', '--batch', '8', '--patience', '3');
  expect(epochs.length).toBeLessThan(60);
  const [rise, last] = [epochs.at(-4)?.devF1, epochs.at(-1)?.devF1];
  expect(last).toBeLessThanOrEqual(rise as number);
});

test('--accumulate makes steps of several batches, which the model card tells', async () => {
  const { best } = await trained('--epochs', '8', '--batch', '3', '--accumulate', '3');
  expect(best.devF1).toBeGreaterThan(0.8);
  const card = await readFile(path.join(cwd, 'models/tiny/README.md'), 'utf8');
  expect(card).toContain('| batch size | 3 × 3, gradients added up |');
});

test('--freeze trains the upper layers only, which the model card tells', async () => {
  const { best } = await trained('--epochs', '12', '--batch', '8', '--freeze', '1');
  expect(best.devF1).toBeGreaterThan(0.8);
  const card = await readFile(path.join(cwd, 'models/tiny/README.md'), 'utf8');
  expect(card).toContain('| frozen | the embeddings and the lowest layer |');
});

test('--weight says which of two files that disagree is to be believed', async () => {
  const both = ['--train', 'wrong.bio', '--dev', 'train.bio', '--epochs', '8', '--batch', '8'];
  expect((await trained(...both, '--weight', '1', '0.01')).best.devF1).toBeGreaterThan(0.9);
  expect((await trained(...both, '--weight', '0.01', '1')).best.devF1).toBeLessThan(0.1);
});

test('the model card names the files with the hash of their bytes', async () => {
  await trained('--epochs', '1', '--dev', 'wrong.bio');
  const card = await readFile(path.join(cwd, 'models/tiny/README.md'), 'utf8');
  for (const [role, name] of [
    ['train', 'train.bio'],
    ['dev', 'wrong.bio'],
  ] as const) {
    expect(card).toContain(`| ${role} | ${name} | 1 | 1 | \`${await hashOf(cwd, name)}\` |`);
  }
});

test('a label of the dev data that was never seen is told', async () => {
  await writeFile(path.join(cwd, 'rare.bio'), 'gout\tB-Gene\nhad\tO\nfever\tB-Disease\n');
  const command = 'train --base base --train train.bio --dev rare.bio --out models/rare --epochs 1';
  const { code, stderr } = await chartmark(command.split(' '), { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain('The training data contains no Gene. In the dev data, these count as missed.');
});

test('--label-weight takes the types of the data only', async () => {
  const command = 'train --base base --train train.bio --out models/none --label-weight Disease=2 Gene=3';
  const { code, stderr } = await chartmark(command.split(' '), { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('"Gene" is not a label');
  const { best } = await trained('--epochs', '8', '--batch', '8', '--label-weight', 'Disease=2', 'O=0.5');
  expect(best.devF1).toBeGreaterThan(0.8);
});

test('as many weights as paths are wanted', async () => {
  const command = 'train --train train.bio --weight 1 2 --out models/none'.split(' ');
  const { code, stderr } = await chartmark(command, { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('Weights: 2; paths to train on: 1.');
});
