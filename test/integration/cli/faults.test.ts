import { spawnSync } from 'node:child_process';
import { access, cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { writeSafetensors } from '../../../src/model/weights/safetensors.ts';
import { randomTensors, tinyConfig, writeTinyBase } from '../../unit/training/tinyBase.ts';
import { tinySentences } from '../../unit/training/tinyData.ts';
import { hashOf } from '../../unit/training/tinyRun.ts';
import { chartmark, startChartmark } from './chartmark.ts';
import { bio, tinyWorkspace } from './tinyWorkspace.ts';

const out = 'models/tiny';
const longest = 512;
let cwd: string;
let previous: readonly string[];

beforeAll(async () => {
  cwd = await tinyWorkspace(200);
  const base = path.join(cwd, 'base');
  await writeTinyBase(base, { config: { max_position_embeddings: longest } });
  const tensors = randomTensors({ ...tinyConfig, maxPositions: longest });
  await writeSafetensors(path.join(base, 'model.safetensors'), tensors, { dtype: 'F32' });
  const { code, stderr } = await chartmark(command('--epochs', '1'), { cwd });
  if (code !== 0) throw new Error(stderr);
  previous = await hashes();
});
afterAll(() => rm(cwd, { recursive: true }));
beforeEach(() => rm(path.join(cwd, 'models/.tiny.training'), { recursive: true, force: true }));

function command(...more: readonly string[]): string[] {
  return `train --base base --train train.bio --out ${out} --batch 8`.split(' ').concat(more);
}

/** Name and hash of each file of the model folder. */
async function hashes(): Promise<string[]> {
  const folder = path.join(cwd, out);
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async (name) => `${await hashOf(folder, name)}  ${name}`));
}

/** The sentence with which a command fails; the model that was there stays, and nothing half-made with it. */
async function failure(args: readonly string[], how: Omit<Parameters<typeof chartmark>[1], 'cwd'> = {}) {
  return failureOf(await chartmark(args, { cwd, ...how }));
}

async function failureOf({ code, stderr }: Awaited<ReturnType<typeof chartmark>>): Promise<string> {
  expect({ code, stderr }).toMatchObject({ code: 1 });
  expect(stderr).not.toContain('bug in Chartmark');
  expect(stderr).not.toMatch(/\n\s+at /u);
  expect(await hashes()).toEqual(previous);
  const names = await readdir(path.join(cwd, 'models'));
  expect(names.filter((name) => name !== 'tiny' && name !== '.tiny.training')).toEqual([]);
  return stderr;
}

const limited = (limit: string): readonly string[] => ['bash', '-c', `ulimit ${limit}; exec "$@"`, 'bash'];

describe.skipIf(process.platform !== 'linux')('a training whose state cannot be written', () => {
  test('on a full disk says so; the previous model stays', async () => {
    const state = path.join(cwd, 'models/.tiny.training');
    await mkdir(state, { recursive: true });
    // Writing here fails as on a disk without a free byte.
    await symlink('/dev/full', path.join(state, 'state.bin.new'));
    const text = await failure(command('--epochs', '2'));
    expect(text).toContain('.tiny.training/state.bin: The disk is full. Free some space and try again.');
  });

  test('above the limit of the size of a file says so; the previous model stays', async () => {
    const text = await failure(command('--epochs', '2'), { through: limited('-f 100') });
    expect(text).toContain('state.bin: The file is larger than the system allows. Raise the limit');
  });
});

describe('a folder that cannot be written to is refused before training', () => {
  test.skipIf(process.platform !== 'linux')('where no folders can be made, even by root', async () => {
    const text = await failure([...command('--epochs', '2'), '--out', '/sys/tiny']);
    expect(text).toMatch(
      /\/sys: (?:The operation is not permitted|Permission denied|The file system is read-only)/u,
    );
    expect(text).not.toContain('epoch 1');
  });

  test.skipIf(process.getuid?.() === 0)('without the permission', async () => {
    await mkdir(path.join(cwd, 'locked'), { mode: 0o555 });
    const text = await failure([...command('--epochs', '2'), '--out', 'locked/tiny']);
    expect(text).toContain('locked: Permission denied. Check the permissions');
  });

  test('below a file', async () => {
    const text = await failure([...command('--epochs', '2'), '--out', 'train.bio/tiny']);
    expect(text).toContain('train.bio: There is a file where a folder is needed.');
    expect(text).not.toContain('epoch 1');
  });
});

describe.skipIf(process.platform !== 'linux')('a training that runs out of memory', () => {
  test('of its process is a sentence; the previous model stays', async () => {
    const words = ['gout', ...Array.from({ length: 499 }, () => 'had')];
    const tags = words.map((word) => (word === 'gout' ? 'B-Disease' : 'O'));
    const long = Array.from({ length: 40 }, () => ({ words, tags }));
    await writeFile(path.join(cwd, 'long.bio'), bio(long));
    const large = ['--train', 'long.bio', '--max-length', '512', '--batch', '16384', '--epochs', '1'];
    // In KB: Node starts with less, the batch needs more.
    const text = await failure(command(...large), { through: limited('-v 8000000') });
    expect(text).toMatch(
      /not enough memory for this job. Use a smaller batch size|MB of memory, which is not available/u,
    );
  });

  test('of the JavaScript engine, which ends the process, is a sentence; the previous model stays', async () => {
    await writeFile(path.join(cwd, 'many.bio'), bio(tinySentences(80_000, 1)));
    const text = await failure(command('--train', 'many.bio'), {
      env: { NODE_OPTIONS: '--max-old-space-size=48' },
    });
    expect(text).toContain('The model process ended before it finished the job');
    expect(text).toContain('It probably ran out of memory: use a smaller batch size');
  });
});

test.skipIf(process.platform !== 'linux')(
  'a training whose process is killed is a sentence; model and state stay',
  async () => {
    const { child, ended } = startChartmark(command('--epochs', '100'), { cwd });
    const state = path.join(cwd, 'models/.tiny.training/state.bin');
    await vi.waitFor(() => access(state), { timeout: 15_000, interval: 10 });
    const workers = spawnSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' });
    process.kill(Number(workers.stdout), 'SIGKILL');
    const text = await failureOf(await ended);
    expect(text).toContain(
      'The model process ended before it finished the job (SIGKILL). It probably ran out of',
    );
    expect(text).toContain('with --resume to continue from the last saved state');
    await access(state);
  },
);

/** Whether this machine lets a test make a small disk of its own. */
const [unshare, namespaces] = ['unshare', process.getuid?.() === 0 ? '-m' : '-Urm'] as const;
const canMount =
  process.platform === 'linux' &&
  spawnSync(unshare, [namespaces, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0;

describe.skipIf(!canMount)('on a small disk', () => {
  /** Runs a script where `models` is a disk of this size with a copy of the model; gives what it prints. */
  async function onDisk(size: string, script: string): Promise<string> {
    await cp(path.join(cwd, out), path.join(cwd, 'copy'), { recursive: true });
    const whole = `set -e; mount -t tmpfs -o size=${size} tmpfs models; cp -r copy ${out}
      train() { "$@" ${command('--epochs', '60').join(' ')} $more 2>&1 || echo "code $?"; }
      ${script}
      cd ${out}; sha256sum *`;
    const cli = [process.execPath, path.resolve('dist/cli.cjs')];
    const { stdout, stderr, status } = spawnSync(unshare, [namespaces, 'bash', '-c', whole, 'bash', ...cli], {
      cwd,
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    return stdout;
  }

  test('that is too small for the training is said before the first step', async () => {
    const printed = await onDisk('1m', 'train "$@"');
    expect(printed).toMatch(/The disk has \d MB left, but the training needs \d MB. Free some space/u);
    expect(printed).toContain('code 1');
    expect(printed).not.toContain('epoch 1');
    for (const line of previous) expect(printed).toContain(line);
  });

  test('that is full in the midst keeps model and state, and the training goes on once there is space', async () => {
    const fill = `
      train "$@" > first & run=$!
      until [ -e models/.tiny.training/state.bin ]; do sleep 0.01; done
      cat /dev/zero > models/filler 2> /dev/null || true
      wait $run; cat first; (cd ${out}; sha256sum *); rm models/filler
      echo ---; more=--resume; train "$@"; ls -A models`;
    const printed = await onDisk('8m', fill);
    const [before = '', after = ''] = printed.split('---\n');
    expect(before).toContain('state.bin: The disk is full. Free some space and try again.');
    expect(before).toContain('code 1');
    expect(printed.match(/code \d/gu)).toEqual(['code 1']);
    for (const line of previous) expect(before).toContain(line);
    expect(after).toMatch(/models\/tiny: dev F1 [^\n]+\ntiny\n/u);
  });
});
