import { createHash } from 'node:crypto';
import { access, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTinyBase } from '../../unit/training/tinyBase.ts';
import { tinySentences } from '../../unit/training/tinyData.ts';
import { chartmark, startChartmark } from './chartmark.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-resume-'));
  await writeTinyBase(path.join(cwd, 'base'));
  const sentences = tinySentences(200, 1).map(({ words, tags }) =>
    words.map((word, i) => `${word}\t${tags[i]}\n`).join(''),
  );
  await writeFile(path.join(cwd, 'train.bio'), sentences.join('\n'));
});
afterAll(() => rm(cwd, { recursive: true }));

const command = (out: string, ...more: readonly string[]): string[] =>
  `train --base base --train train.bio --out ${out} --batch 4 --epochs 20 --save-every 7`
    .split(' ')
    .concat(more);

async function hashOf(out: string): Promise<string> {
  const weights = await readFile(path.join(cwd, out, 'model.safetensors'));
  return createHash('sha256').update(weights).digest('hex');
}

const isThere = (name: string): Promise<boolean> =>
  access(path.join(cwd, name)).then(
    () => true,
    () => false,
  );

test('a run killed at any moment, and again, ends with --resume as if nothing had happened', async () => {
  expect((await chartmark(command('models/whole'), { cwd })).code).toBe(0);
  const delays: number[] = [];
  for (let kill = 0; kill < 3; kill++) {
    const { child, ended } = startChartmark(command('models/killed', '--resume'), { cwd });
    while (child.exitCode === null && !(await isThere('models/.killed.training/state.bin'))) await wait(5);
    delays.push(200 + Math.random() * 400);
    await wait(delays.at(-1));
    child.kill('SIGKILL');
    await ended;
  }
  const { code, stderr } = await chartmark(command('models/killed', '--resume'), { cwd });
  expect({ code, stderr }, `killed after ${delays.join(', ')} ms`).toMatchObject({ code: 0 });
  expect(await hashOf('models/killed')).toBe(await hashOf('models/whole'));
  expect((await readdir(path.join(cwd, 'models'))).sort()).toEqual(['killed', 'whole']);
}, 120_000);

test('an interrupted run says how it goes on; other data are refused', async () => {
  const { child, ended } = startChartmark(command('models/stopped', '--epochs', '400'), { cwd });
  while (child.exitCode === null && !(await isThere('models/.stopped.training/state.bin'))) await wait(5);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('--resume goes on');
  const other = await chartmark(command('models/stopped', '--resume', '--seed', '9'), { cwd });
  expect(other.code).toBe(1);
  expect(other.stderr).toContain('epochs 400, now 20; seed 1, now 9');
}, 60_000);
