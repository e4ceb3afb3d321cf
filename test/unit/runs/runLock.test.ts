import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockRun } from '../../../src/runs/runLock.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'chartmark-lock-'));
});
afterEach(() => rm(root, { recursive: true }));
const file = (): string => path.join(root, 'run.lock');
const stale = (): Promise<void> => writeFile(file(), JSON.stringify({ pid: 2 ** 30, host: hostname() }));

/** What so many processes that want the lock in the same millisecond come to. */
async function race(processes: number): Promise<readonly string[]> {
  const moment = Date.now() + 900;
  const children = Array.from({ length: processes }, () =>
    spawn(process.execPath, [path.resolve('test/unit/runs/lockChild.ts'), file(), String(moment)]),
  );
  const results = await Promise.all(
    children.map(async (child) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
      while (said.split('\n').length < 3 && child.exitCode === null) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return said.split('\n')[1] ?? '';
    }),
  );
  await Promise.all(
    children.map(async (child) => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    }),
  );
  return results;
}

describe('the lock of a run', () => {
  it('that is left over goes to one of many processes that want it at the same moment', async () => {
    for (let round = 0; round < 6; round++) {
      await stale();
      const results = await race(4);
      expect(results.filter((result) => result === 'mine')).toEqual(['mine']);
      expect(
        results.filter((result) => result.startsWith('Another run is writing to this folder')),
      ).toHaveLength(3);
      // Those processes are gone: it is left over again.
      expect(await readdir(root)).toEqual(['run.lock']);
    }
  }, 60_000);

  it('that is left over goes to one of many that want it in the same process', async () => {
    for (let round = 0; round < 40; round++) {
      await stale();
      const wanted = await Promise.allSettled(Array.from({ length: 8 }, () => lockRun(file())));
      const got = wanted.filter((result) => result.status === 'fulfilled');
      expect(got).toHaveLength(1);
      await got[0]?.value();
      expect(await readdir(root)).toEqual([]);
    }
  });

  it('is left alone by a run that lets go after somebody else has taken it', async () => {
    const unlock = await lockRun(file());
    await writeFile(file(), 'of somebody else');
    await unlock();
    expect(await readFile(file(), 'utf8')).toBe('of somebody else');
  });

  it('is taken over also where a takeover was killed in the middle', async () => {
    await stale();
    const content = await readFile(file());
    await writeFile(
      `${file()}.${hash('sha256', content).slice(0, 8)}`,
      '{"pid":1073741824,"host":"' + hostname() + '"}',
    );
    const unlock = await lockRun(file());
    expect(await readFile(file(), 'utf8')).toContain(`"pid":${process.pid}`);
    await unlock();
    expect(await readdir(root)).toEqual([]);
  });
});
