import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { access, readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartmark, startChartmark } from './chartmark.ts';
import { tinyWorkspace } from './tinyWorkspace.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await tinyWorkspace(200);
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

/** Starts a long run and interrupts it once its state has been kept often enough. */
async function interrupted(out: string, ...more: readonly string[]) {
  const { child, ended } = startChartmark(command(out, '--epochs', '400', ...more), { cwd });
  const state = `models/.${path.basename(out)}.training/state.bin`;
  while (child.exitCode === null && !(await isThere(state))) await wait(5);
  await wait(2000);
  child.kill('SIGINT');
  const asked = Date.now();
  const { code, stdout, stderr } = await ended;
  return { code, stdout, stderr, seconds: (Date.now() - asked) / 1000 };
}

test('an interrupted run keeps its best checkpoint and says how to resume it; other data are refused', async () => {
  const { code, stderr, seconds } = await interrupted('models/stopped');
  expect(code).toBe(130);
  expect(seconds).toBeLessThan(4);
  expect(stderr).toMatch(
    /of 400\. The best checkpoint so far, dev F1 [\d.]+% \(epoch \d+\), is in models\/stopped\./u,
  );
  expect(stderr).toContain('--resume to continue');
  expect(await isThere('models/stopped/model.onnx')).toBe(true);
  const card = await readFile(path.join(cwd, 'models/stopped/README.md'), 'utf8');
  expect(card).toMatch(/stopped after epoch \d+ of 400/u);
  const other = await chartmark(command('models/stopped', '--resume', '--seed', '9'), { cwd });
  expect(other.code).toBe(1);
  expect(other.stderr).toContain('epochs 400, now 20; seed 1, now 9');
}, 60_000);

test('an interrupted run leaves a finished model of its name alone; --json says where the checkpoint is', async () => {
  const finished = command('models/both', '--epochs', '1', '--save-every', '1000');
  expect((await chartmark(finished, { cwd })).code).toBe(0);
  const before = await hashOf('models/both');
  const { code, stdout } = await interrupted('models/both', '--json');
  expect(code).toBe(130);
  const said = JSON.parse(stdout) as { readonly kept: { readonly out: string; readonly epochs: object[] } };
  expect(said).toMatchObject({ cancelled: true, resumable: true, kept: { planned: 400 } });
  expect(said.kept.out).toBe(path.join(cwd, 'models/both-stopped'));
  expect(said.kept.epochs.length).toBeGreaterThan(0);
  expect(await hashOf('models/both')).toBe(before);
}, 60_000);

test('a run that is interrupted before an epoch is over says that there is no checkpoint', async () => {
  const { child, ended } = startChartmark(
    command('models/early', '--epochs', '400', '--save-every', '1000', '--json'),
    { cwd },
  );
  // The bar's first line: the data are being read.
  await once(child.stderr as NodeJS.ReadableStream, 'data');
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('Nothing was kept.');
  expect(JSON.parse(stdout)).toEqual({ cancelled: true, kept: null, resumable: false });
  expect(await isThere('models/early')).toBe(false);
}, 60_000);
